package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// record is one Avro file.
type record struct {
	Name     string `json:"name"`
	Doc      string `json:"doc"`
	Supplier string `json:"supplier"`
	// Order is the record's place among all: that of the route, and within a supplier that of the contract.
	Order int `json:"order"`
	// SupplierName and RecordName are what readers of the report call them, by language. One record of a supplier names it.
	SupplierName map[string]string `json:"supplier_name"`
	RecordName   map[string]string `json:"record_name"`
	// CorrectedBy are the fields of which a later record with the same values takes the place of an earlier one.
	CorrectedBy []string `json:"corrected_by"`
	// Partitions are those of the topic; 0 is as many as most have.
	Partitions int `json:"partitions"`
	// Route is how package route knows the record.
	Route         ofRoute    `json:"route"`
	Periods       [][]string `json:"periods"`
	MaxPeriodDays int        `json:"max_period_days"`
	// PeriodName is what messages call the period that MaxPeriodDays bounds.
	PeriodName string   `json:"period_name"`
	AvroFields []*field `json:"fields"`
	// Fields are the delivered ones, numbered from 0.
	Fields []*field `json:"-"`
	// Schema is the file's text, blanks removed.
	Schema string `json:"-"`
}

// field is one field of an Avro file, with our extra attributes.
type field struct {
	Name        string `json:"name"`
	Doc         string `json:"doc"`
	Column      string `json:"column"`
	Kind        string `json:"kind"`
	Required    string `json:"required"`
	Values      string `json:"values"`
	MaxChars    int    `json:"max_chars"`
	Sensitivity string `json:"sensitivity"`
	// Route is the field's name in package route; empty for one that no definition needs.
	Route string `json:"route"`
	// Work is how the field stands in work tables when not as most of its kind: none, a narrower type, or days after another.
	Work string `json:"work"`
	// Case is what the field holds in a case of the specification that does not tell.
	Case string `json:"case"`
	// Measure says what the sum of the field is, for one that control totals add up.
	Measure string `json:"measure"`

	// No is the field's number, -1 for one that suppliers do not deliver.
	No     int `json:"-"`
	record *record

	// later tells that rows of its table may be older than the field, nullable that its column holds NULL for those without it.
	later, nullable bool
}

// ofRoute is a record as package route has it: the type of one, the list of those of a person, and what to know of them.
type ofRoute struct {
	Type string `json:"type"`
	List string `json:"list"`
	Doc  string `json:"doc"`
}

func readRecords(dir string) ([]*record, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.avsc"))
	if err != nil {
		return nil, fmt.Errorf("list Avro files: %w", err)
	}
	records := make([]*record, 0, len(files))
	for _, file := range files {
		r, err := readRecord(file)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	slices.SortFunc(records, func(a, b *record) int { return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Name, b.Name)) })
	return records, check(records)
}

func readRecord(file string) (*record, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read Avro file: %w", err)
	}
	r := &record{}
	if err := json.Unmarshal(data, r); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	r.Schema = string(data)
	for _, f := range r.AvroFields {
		f.record, f.No = r, -1
		if f.Kind != "" {
			f.No = len(r.Fields)
			r.Fields = append(r.Fields, f)
		}
	}
	return r, nil
}

func (r *record) field(name string) *field {
	for _, f := range r.Fields {
		if f.Name == name {
			return f
		}
	}
	panic(r.Name + " has no field " + name)
}

func (r *record) municipal() bool { return r.Supplier == "municipality" }

// goType is the name of the record's Go type.
func (r *record) goType() string { return camel(r.Name) }

func (f *field) goName() string { return camel(f.Name) }

var initialisms = map[string]string{"id": "ID", "sv": "SV", "iv": "IV", "pip": "PIP", "pvt": "PVT", "map": "MAP", "nlqf": "NLQF", "brp": "BRP"}

func camel(s string) string {
	var b strings.Builder
	for _, part := range strings.Split(s, "_") {
		if up, ok := initialisms[part]; ok {
			b.WriteString(up)
			continue
		}
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

// files maps a values attribute that names a file to its list in codes.go.
var files = map[string]string{
	"codes/brp_nationality.csv": "reference.Nationalities", "codes/uwv_sector.csv": "reference.Sectors", "codes/uwv_end_reason.csv": "reference.EndReasons",
	"codes/uwv_srt_iv.csv": "reference.IncomeKinds", "codes/uwv_cd_aard.csv": "reference.LabourKinds", "01..99": "reference.LocalReasons",
}

// list is the Go name of the field's code list, empty without one.
func (f *field) list() string {
	switch {
	case f.Kind == "municipality":
		return "reference.Municipalities"
	case f.Kind == "flag":
		return "reference.Flags"
	case f.Name == "operation":
		return "reference.Operations"
	case f.Kind != "code" || f.pattern() != "":
		return ""
	case files[f.Values] != "":
		return files[f.Values]
	}
	return f.record.goType() + f.goName() + "s"
}

// ownList tells that the list stands in the Avro file itself.
func (f *field) ownList() bool {
	return f.Kind == "code" && f.Name != "operation" && f.pattern() == "" && files[f.Values] == ""
}

// pattern is the check of a code without a list.
func (f *field) pattern() string {
	switch {
	case f.Kind != "code":
		return ""
	case f.Values == "4 digits":
		return "fourDigits"
	case strings.HasPrefix(f.Values, "2 letters"):
		return "twoCapitals"
	}
	return ""
}

// bounds gives the range of a numeric field as Go expressions; the upper bound
// of a year is checked against the delivery.
func (f *field) bounds() (lo, hi string) {
	if lo, hi, ok := strings.Cut(f.Values, ".."); ok {
		if f.Kind == "year" {
			return lo, "9999"
		}
		scale := 1
		if f.Kind == "hours" {
			scale = 100
		}
		a, _ := strconv.Atoi(lo)
		b, _ := strconv.Atoi(hi)
		return strconv.Itoa(a * scale), strconv.Itoa(b * scale)
	}
	switch f.Kind {
	case "int32":
		return "math.MinInt32", "math.MaxInt32"
	case "int64":
		return "math.MinInt64", "math.MaxInt64"
	}
	return "-999999999", "999999999"
}

// everyRow tells that every row that is stored has a value.
func (f *field) everyRow() bool { return f.always() && !f.nullable }

func (f *field) always() bool { return f.Required == "always" || f.Required == "yes" }
