// Package manifest reads manifest.json and decides what the manifest alone can
// decide: whether it is valid, and whether its contract version, key version
// and records are known.
package manifest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// Name is the file that makes a folder a delivery.
const Name = "manifest.json"

// Manifest is what a supplier says of a delivery. After Parse without a fault
// every field is sound.
type Manifest struct {
	Supplier          string   `json:"supplier"`
	MunicipalityCodes []string `json:"municipality_codes,omitempty"`
	DeliveryID        string   `json:"delivery_id"`
	DrawnOn           string   `json:"drawn_on"`
	CoversFrom        string   `json:"covers_from"`
	CoversTo          string   `json:"covers_to"`
	Mode              string   `json:"mode"`
	ContractVersion   string   `json:"contract_version"`
	KeyVersion        Integer  `json:"key_version"`
	// Synthetic tells of made-up persons.
	Synthetic bool   `json:"synthetic,omitempty"`
	Files     []File `json:"files"`
}

// File is one file of a delivery.
type File struct {
	Name   string  `json:"name"`
	Record string  `json:"record"`
	Format string  `json:"format"`
	Bytes  Integer `json:"bytes"`
	SHA256 string  `json:"sha256"`
	Rows   Integer `json:"rows"`
	// ColumnsAbsent are the optional columns that the file does not have.
	ColumnsAbsent []string      `json:"columns_absent,omitempty"`
	ControlTotal  *ControlTotal `json:"control_total,omitempty"`
}

// ControlTotal is the sum of an integer column over all records of a file.
type ControlTotal struct {
	Column string `json:"column"`
	Sum    string `json:"sum"`
}

// Want is the sum as a number of any size.
func (c *ControlTotal) Want() *big.Int {
	sum, _ := new(big.Int).SetString(c.Sum, 10)
	return sum
}

// Integer is a whole number in any form that JSON Schema takes for one (5.0
// too); what does not fit 63 bits is the greatest number that does.
type Integer int64

// UnmarshalJSON implements json.Unmarshaler.
func (i *Integer) UnmarshalJSON(data []byte) error {
	r, ok := new(big.Rat).SetString(string(data))
	if !ok || !r.IsInt() {
		return fmt.Errorf("not a whole number")
	}
	if !r.Num().IsInt64() {
		*i = 1<<63 - 1
		return nil
	}
	*i = Integer(r.Num().Int64())
	return nil
}

// SHA256 is the identity of a manifest: the digest of its bytes, in hexadecimal.
func SHA256(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Refusal is why the manifest alone is enough to refuse its delivery.
type Refusal struct {
	Reason schemas.Reason
	Detail string
}

// Rules are what a manifest is held against beside its schema.
type Rules struct {
	// Supplier and DeliveryID are the names of the folders.
	Supplier, DeliveryID string
	// Formats are those of the supplier.
	Formats []string
	// KeyVersions are those that the program has been told of.
	KeyVersions []int
}

// Parse reads a manifest and gives the first reason to refuse its delivery, nil
// when there is none. With a reason the manifest holds what it tells all the
// same, for the books: drawn_on and mode, empty where they are not sound.
func Parse(data []byte, rules Rules) (*Manifest, *Refusal) {
	if detail := checkSchema(data); detail != "" {
		return Glance(data), &Refusal{schemas.ManifestInvalid, detail}
	}
	m := &Manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return Glance(data), &Refusal{schemas.ManifestInvalid, "manifest.json cannot be read"}
	}
	if detail := m.fault(rules); detail != "" {
		return Glance(data), &Refusal{schemas.ManifestInvalid, detail}
	}
	if m.ContractVersion != "1.0" {
		return m, &Refusal{schemas.ContractVersionUnknown, fmt.Sprintf("contract_version is %s; this program reads 1.0", quoted(m.ContractVersion))}
	}
	if !slices.Contains(rules.KeyVersions, int(m.KeyVersion)) {
		return m, &Refusal{schemas.KeyVersionUnknown, fmt.Sprintf("key_version is %d; accepted: %s", m.KeyVersion, strings.Trim(fmt.Sprint(rules.KeyVersions), "[]"))}
	}
	for i, f := range m.Files {
		if r := schemas.RecordOf(f.Record); r == nil || r.Supplier != rules.Supplier {
			return m, &Refusal{schemas.RecordUnknown, fmt.Sprintf("file %d of the manifest names a record that %s does not deliver; it delivers %s", i+1, rules.Supplier, strings.Join(recordsOf(rules.Supplier), ", "))}
		}
	}
	return m, nil
}

// Glance reads only when a delivery was drawn, which period it covers and in
// which mode, each empty when the manifest does not tell.
func Glance(data []byte) *Manifest {
	m := &Manifest{}
	loose := topValues(data, "drawn_on", "covers_from", "covers_to", "mode")
	text := func(key string) (s string) {
		if json.Unmarshal(loose[key], &s) != nil {
			return ""
		}
		return s
	}
	date := func(key string) string {
		if d, ok := schemas.ParseISO(text(key)); ok && d.InRange() {
			return d.String()
		}
		return ""
	}
	m.DrawnOn, m.CoversFrom, m.CoversTo = date("drawn_on"), date("covers_from"), date("covers_to")
	if mode := text("mode"); mode == "full" || mode == "mutation" {
		m.Mode = mode
	}
	return m
}

// topValues gives the values that an object has under some keys, the last of
// equal ones; none of what is not a JSON object. It keeps nothing else of it.
func topValues(data []byte, keys ...string) map[string]json.RawMessage {
	if !json.Valid(data) {
		return nil
	}
	found := map[string]json.RawMessage{}
	d := json.NewDecoder(bytes.NewReader(data))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil
		}
		if name, ok := key.(string); ok && slices.Contains(keys, name) {
			found[name] = value
		}
	}
	return found
}

// Supplier reads only which supplier a manifest is of; empty when it names none that exists.
func Supplier(data []byte) string {
	var loose struct {
		Supplier string `json:"supplier"`
	}
	if json.Unmarshal(data, &loose) != nil || !slices.Contains(schemas.Suppliers, loose.Supplier) {
		return ""
	}
	return loose.Supplier
}

// fault gives what makes a manifest invalid that is as the schema says; empty when nothing does.
func (m *Manifest) fault(rules Rules) string {
	if m.Supplier != rules.Supplier {
		return fmt.Sprintf("supplier is %s, the folder is that of %s", m.Supplier, rules.Supplier)
	}
	if m.DeliveryID != rules.DeliveryID {
		return fmt.Sprintf("delivery_id is %s, the folder is named otherwise; they must be equal", m.DeliveryID)
	}
	for _, d := range []string{m.DrawnOn, m.CoversFrom, m.CoversTo} {
		if date, ok := schemas.ParseISO(d); !ok || !date.InRange() {
			return "drawn_on, covers_from and covers_to lie in 1970-2100"
		}
	}
	if m.CoversFrom > m.CoversTo {
		return "covers_from lies after covers_to"
	}
	for _, c := range m.MunicipalityCodes {
		if _, ok := reference.Municipalities.Parse([]byte(c)); !ok {
			return fmt.Sprintf("municipality_codes has %s, which is not and never was the code of a municipality", c)
		}
	}
	names := map[string]bool{}
	for i := range m.Files {
		f := &m.Files[i]
		if names[f.Name] {
			return fmt.Sprintf("file %d of the manifest has the name of an earlier one, %s", i+1, f.Name)
		}
		names[f.Name] = true
		if detail := f.fault(rules); detail != "" {
			return fmt.Sprintf("file %d of the manifest: %s", i+1, detail)
		}
	}
	return ""
}

func (f *File) fault(rules Rules) string {
	if !slices.Contains(rules.Formats, f.Format) {
		return fmt.Sprintf("%s does not deliver %s, but %s", rules.Supplier, f.Format, strings.Join(rules.Formats, ", "))
	}
	if len(f.ColumnsAbsent) > 0 && strings.HasPrefix(f.Format, "json") {
		return "columns_absent is for CSV and Parquet; in JSON a key that is absent is no more than an absent value"
	}
	// Of a record that the supplier does not have no column is asked: that has its own reason.
	r := schemas.RecordOf(f.Record)
	if r == nil {
		return ""
	}
	for n, column := range f.ColumnsAbsent {
		if r.Supplier != rules.Supplier {
			break
		}
		if i := r.FieldOf(column); i < 0 || !r.Optional(i) {
			name := fmt.Sprintf("value %d of columns_absent", n+1)
			if r.FieldOf(strings.ToLower(column)) >= 0 {
				name += " (" + quoted(column) + ")"
			}
			return fmt.Sprintf("%s is not an optional column of %s as it is spelled; those are %s", name, r.Name, strings.Join(columnsOf(r, r.Optional), ", "))
		}
	}
	if f.ControlTotal != nil {
		if i := r.FieldOf(f.ControlTotal.Column); i < 0 || !r.Fields[i].Kind.Integer() {
			integers := columnsOf(r, func(i int) bool { return r.Fields[i].Kind.Integer() })
			if len(integers) == 0 {
				return fmt.Sprintf("a control total, though %s has no integer column to add up; leave it out", r.Name)
			}
			return fmt.Sprintf("the control total is not on an integer column of %s, of which it has %d: %s", r.Name, len(integers), strings.Join(integers, ", "))
		}
	}
	return ""
}

// columnsOf lists those columns of a record that are wanted.
func columnsOf(r *schemas.Record, wanted func(field int) bool) (names []string) {
	for i, f := range r.Fields {
		if wanted(i) {
			names = append(names, f.Column)
		}
	}
	return names
}

func recordsOf(supplier string) (names []string) {
	for _, r := range schemas.Records {
		if r.Supplier == supplier {
			names = append(names, r.Name)
		}
	}
	return names
}

// DrawnYear is the year of drawn_on.
func (m *Manifest) DrawnYear() int {
	d, _ := schemas.ParseISO(m.DrawnOn)
	return d.Year()
}
