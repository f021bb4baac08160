package schemas

import "slices"

// Kind is the contract's type of a field.
type Kind uint8

// The kinds, as in the type column of contract/records.csv.
const (
	KindCode Kind = iota
	KindFlag
	KindText
	KindID
	KindMunicipality
	KindPseudonym
	KindYear
	KindInt32
	KindInt64
	KindHours
	KindDate
	KindInexactDate
)

// Integer tells whether the field can carry a control total.
func (k Kind) Integer() bool { return k == KindYear || k == KindInt32 || k == KindInt64 }

// brokenRule is the rule that a value not of the kind's type breaks.
func (k Kind) brokenRule() Rule {
	switch k {
	case KindID:
		return BadID
	case KindPseudonym:
		return BadPseudonym
	case KindDate, KindInexactDate:
		return NotADate
	case KindYear, KindInt32, KindInt64, KindHours:
		return NotANumber
	case KindText:
		return BadJSON
	}
	return CodeNotInList
}

// Field is one field of a record as suppliers deliver it.
type Field struct {
	// Name is ours, Column the supplier's Dutch one.
	Name, Column string
	Doc          string
	Kind         Kind
	// Always tells that every row has a value (V operations aside), so that the column must exist.
	Always bool
	// List holds the codes of a closed list; nil without one.
	List *CodeList
	// Measure says what the sum of the field is, for one that control totals add up; empty for others.
	Measure string
	// Values is what the contract says of values that no list holds: a range or a form; empty when it says nothing.
	Values string
	// MaxChars is how long a text may be; 0 for other kinds.
	MaxChars int
}

// Record describes one kind of record.
type Record struct {
	Name, Supplier, Doc string
	// Names are what readers of the report call it, by language.
	Names map[string]string
	// Fields are in the order of the contract; a Row numbers them so.
	Fields []Field
	// Avro is the schema of its messages, from avro/*.avsc.
	Avro string
	// New makes an empty row for reading.
	New func() Row
	// CorrectedBy names the fields of which a later record with the same values takes the place of an earlier one, though
	// it has another id; none for most records.
	CorrectedBy []string
	// MaxPeriodDays is how many days the period of a record has at most, which messages call PeriodName; 0 without such a bound.
	MaxPeriodDays int
	PeriodName    string
	// Partitions are those of the topic of a record of which there are many more than of others; else 0.
	Partitions int
}

// Topic is the Kafka topic of the record.
func (r *Record) Topic() string { return "doorstroom." + r.Name }

// StoredColumns are those of the raw table of the record, in their order: where a row stood in its delivery, then the fields.
func (r *Record) StoredColumns() []string {
	columns := []string{"load_id", "file_no", "row_no"}
	for _, f := range r.Fields {
		columns = append(columns, f.Name)
		if f.Kind == KindInexactDate {
			columns = append(columns, f.Name+"_delivered") // as it was written
		}
	}
	return columns
}

// Municipal tells whether municipalities deliver it: keys then hold the municipality.
func (r *Record) Municipal() bool { return r.Supplier == "municipality" }

// FieldOf gives the number of the field with a Dutch column name, -1 without one.
func (r *Record) FieldOf(column string) int {
	return slices.IndexFunc(r.Fields, func(f Field) bool { return f.Column == column })
}

// Optional tells whether a file may lack the field's column: the contract
// requires it of no row, or of some only.
func (r *Record) Optional(field int) bool {
	return field > FieldPseudonymB && !r.Fields[field].Always
}

// RecordOf finds a record by name; nil when there is none.
func RecordOf(name string) *Record {
	for _, r := range Records {
		if r.Name == name {
			return r
		}
	}
	return nil
}

// Field numbers that every record has.
const (
	FieldRecordID = iota
	FieldOperation
	FieldPseudonymV
	FieldPseudonymB
)
