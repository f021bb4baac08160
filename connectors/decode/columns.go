package decode

import (
	"fmt"

	"doorstroom/schemas"
)

// columns is what a file's header says about the fields of its record.
type columns struct {
	record  *schemas.Record
	any     bool
	seen    uint32
	twice   string
	unknown int
}

func newColumns(r *schemas.Record) *columns { return &columns{record: r} }

// add takes the next column and gives its field, -1 for an unknown column.
func (c *columns) add(name string) int {
	c.any = true
	field := c.record.FieldOf(name)
	if field < 0 {
		c.unknown++
		return -1
	}
	if c.seen&(1<<field) != 0 && c.twice == "" {
		c.twice = name
	}
	c.seen |= 1 << field
	return field
}

func (c *columns) has(field int) bool { return c.seen&(1<<field) != 0 }

// fault gives the column_missing of the header, nil when it is complete. A file
// needs one of the two pseudonym columns, as a record needs one of the two.
func (c *columns) fault(mutation bool) error {
	missing := func(detail string, args ...any) error {
		return &Fault{Reason: schemas.ColumnMissing, Detail: fmt.Sprintf(detail, args...)}
	}
	if !c.any {
		return missing("no header")
	}
	if c.twice != "" {
		return missing("column %s stands twice", c.twice)
	}
	for i, f := range c.record.Fields {
		if (f.Always || (mutation && i == schemas.FieldOperation)) && !c.has(i) {
			return missing("no column %s", f.Column)
		}
	}
	if !c.has(schemas.FieldPseudonymV) && !c.has(schemas.FieldPseudonymB) {
		return missing("neither column %s nor %s", c.record.Fields[schemas.FieldPseudonymV].Column, c.record.Fields[schemas.FieldPseudonymB].Column)
	}
	return nil
}

func (c *columns) result() Result { return Result{UnknownColumns: c.unknown} }
