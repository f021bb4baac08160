package totals

import "strings"

// textOf renders a file about one kind of record.
func (b *Build) textOf(file string, r *Record) string {
	return sqlFiles.Render(file, recordText{Record: r, Tables: b.table("")})
}

// recordText is what those files need.
type recordText struct {
	*Record
	Tables string // what the names of the build's tables begin with
}

// Corrected tells whether records of this kind correct each other.
func (r *Record) Corrected() bool { return len(r.CorrectedBy) > 0 }

// Counted are what the measures are sums of: 1 for the rows, then columns.
func (r *Record) Counted() (columns []string) {
	for _, m := range r.measures() {
		columns = append(columns, m.column)
	}
	return columns
}

// Measured are the columns among them.
func (r *Record) Measured() []string { return r.Counted()[1:] }

// Key are the columns that tell records of this kind apart, as the contract does.
func (r *Record) Key() string {
	if r.Municipal() {
		return "municipality_code, record_id"
	}
	return "record_id"
}

// Period is an expression of what records that correct each other have the same.
func (r *Record) Period() string {
	if r.Corrected() {
		return "(" + strings.Join(r.CorrectedBy, ", ") + ")"
	}
	return "0"
}
