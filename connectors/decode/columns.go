package decode

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"doorstroom/schemas"
)

// unknownKept is how many unknown columns are looked through for one that was
// meant for a column of the record.
const unknownKept = 1000

// Columns is what a file's header says about the fields of its record.
type Columns struct {
	record *schemas.Record
	any    bool
	seen   uint32
	twice  []string
	// alike counts the columns that are those of the record but for case and signs.
	alike   int
	unknown int
	names   [][]byte // of unknown columns, as they stand in the file
}

// NewColumns is the header of a file of a record before any column was seen.
func NewColumns(r *schemas.Record) *Columns { return &Columns{record: r} }

// Add takes the next column and gives its field, -1 for an unknown column. raw
// is how the file writes the name.
func (c *Columns) Add(name string, raw []byte) int {
	c.any = true
	field := c.record.FieldOf(name)
	if field < 0 {
		c.addUnknown(raw)
		return -1
	}
	c.alike++
	if c.seen&(1<<field) != 0 && !slices.Contains(c.twice, name) {
		c.twice = append(c.twice, name)
	}
	c.seen |= 1 << field
	return field
}

func (c *Columns) addUnknown(raw []byte) {
	c.unknown++
	if len(c.names) == unknownKept {
		return
	}
	c.names = append(c.names, slices.Clone(raw))
	if bytes.IndexByte(raw, 0) >= 0 {
		return // no text, so no name
	}
	if slices.ContainsFunc(c.record.Fields, func(f schemas.Field) bool { return bare(raw) == bare([]byte(f.Column)) }) {
		c.alike++
	}
}

// sure tells whether the header is one: the names in a line that knows hardly
// any column may be the values of a record, one with NUL is not text, and one with
// a line end within a name goes on into the records.
func (c *Columns) sure() bool {
	return c.alike >= 2 && !slices.ContainsFunc(c.names, func(name []byte) bool {
		return bytes.ContainsAny(bytes.TrimRight(name, "\r"), "\x00\r\n")
	})
}

func (c *Columns) has(field int) bool { return c.seen&(1<<field) != 0 }

// Fault gives the column_missing of the header, nil when it is complete: it has
// every column of the record, but for the operation in a full delivery, one of
// the two pseudonyms, and what the manifest says is absent. hints tell what the
// file looks like where that may be why.
func (c *Columns) Fault(in *Input, hints ...string) error {
	var said []string
	if len(c.twice) > 0 {
		said = append(said, "column "+strings.Join(c.twice, ", ")+" stands twice")
	}
	if missing := c.missing(in); len(missing) > 0 && !c.sure() {
		said = append(said, "no header with the columns "+strings.Join(missing, ", "))
	} else if len(missing) > 0 {
		said = append(said, c.absentWords(missing)...)
		if slices.ContainsFunc(missing, func(name string) bool { f := c.record.FieldOf(name); return f >= 0 && c.record.Optional(f) }) {
			said = append(said, "an optional column that the file does not have is to be named in columns_absent of the manifest")
		}
	}
	if len(said) == 0 {
		return nil
	}
	return &Fault{Reason: schemas.ColumnMissing, Detail: strings.Join(append(said, hints...), "; ")}
}

// missing lists the columns that must be there and are not.
func (c *Columns) missing(in *Input) (names []string) {
	for i, f := range c.record.Fields {
		switch {
		case c.has(i), i == schemas.FieldOperation && !in.Mutation, i == schemas.FieldPseudonymB:
		case i == schemas.FieldPseudonymV:
			if !c.has(schemas.FieldPseudonymB) {
				names = append(names, f.Column+" or "+c.record.Fields[schemas.FieldPseudonymB].Column)
			}
		case !slices.Contains(in.ColumnsAbsent, f.Column):
			names = append(names, f.Column)
		}
	}
	return names
}

// absentWords tell of each missing column, with what the file has that was
// meant for it, and of the other columns that the contract does not know.
func (c *Columns) absentWords(missing []string) (said []string) {
	words, meant := slices.Clone(missing), map[int]bool{}
	for i, name := range missing {
		at := slices.IndexFunc(c.names, func(found []byte) bool { return alike(found, name) })
		if at >= 0 {
			words[i] += fmt.Sprintf(` (but "%s")`, schemas.ShownName(c.names[at]))
			meant[at] = true
		}
	}
	said = append(said, "no column "+strings.Join(words, ", "))
	var others []string
	for i, name := range c.names {
		if !meant[i] && len(others) < namesShown {
			others = append(others, `"`+schemas.ShownName(name)+`"`)
		}
	}
	if more := c.unknown - len(meant) - len(others); more > 0 {
		others = append(others, fmt.Sprintf("%d more", more))
	}
	if len(others) > 0 {
		said = append(said, "columns that the contract does not know: "+strings.Join(others, ", "))
	}
	return said
}

// Result tells of the columns that the contract does not know. Their names are
// told only where they are names for sure.
func (c *Columns) Result() Result {
	r := Result{UnknownColumns: c.unknown}
	if c.sure() {
		for _, name := range c.names[:min(len(c.names), namesShown)] {
			r.UnknownNames = append(r.UnknownNames, schemas.ShownName(name))
		}
	}
	return r
}
