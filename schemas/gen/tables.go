package main

import (
	"fmt"
	"slices"
	"strings"
)

// table is a table of database raw.
type table struct {
	columns []tableColumn
	comment string
}

// tableColumn is one column. later tells that it came after the table: rows may be older than it.
type tableColumn struct {
	name, definition, comment string
	later                     bool
}

func (t *table) find(name string) *tableColumn {
	for i := range t.columns {
		if t.columns[i].name == name {
			return &t.columns[i]
		}
	}
	return nil
}

// landedTables reads what the migrations give. It understands the statements that this generator writes; a migration
// written by hand that touches a table of records must use the same forms.
func landedTables(list []migration) (map[string]*table, error) {
	tables := make(map[string]*table)
	for _, m := range list {
		up, _, _ := strings.Cut(m.text, "-- +goose Down")
		for statement := range strings.SplitSeq(withoutComments(up), ";\n") {
			if err := apply(tables, strings.TrimSpace(statement)); err != nil {
				return nil, fmt.Errorf("migration %s: %w", m.name, err)
			}
		}
	}
	return tables, nil
}

func withoutComments(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "--") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// apply does a statement; those about other databases, or that only read or insert, change no table of raw.
func apply(tables map[string]*table, statement string) error {
	verb, rest, _ := strings.Cut(statement, "TABLE ")
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "IF NOT EXISTS "), "IF EXISTS ")
	name, ok := strings.CutPrefix(rest, "raw.")
	if !ok {
		return nil
	}
	end := strings.IndexAny(name, " \n")
	if end < 0 {
		end = len(name)
	}
	name, rest = name[:end], name[end:]
	switch {
	case verb == "CREATE ":
		t, err := created(rest)
		tables[name] = t
		return err
	case verb == "DROP ":
		delete(tables, name)
		return nil
	case verb == "ALTER " && tables[name] != nil:
		return alter(tables[name], rest)
	}
	return fmt.Errorf("schemas/gen cannot read what %q does to raw.%s: write it as CREATE, ALTER or DROP TABLE, as the generated migrations do", strings.TrimSpace(verb), name)
}

// created reads the columns of a CREATE TABLE, one a line, and the comment at its end.
func created(rest string) (*table, error) {
	columns, tail, ok := strings.Cut(rest, "\n)\n")
	if !ok {
		return nil, fmt.Errorf("schemas/gen cannot find the columns of a CREATE TABLE: write them one a line, between lines that hold ( and )")
	}
	t := &table{}
	for line := range strings.SplitSeq(strings.TrimPrefix(strings.TrimSpace(columns), "("), ",\n") {
		t.columns = append(t.columns, readColumn(strings.TrimSpace(line)))
	}
	if _, comment, ok := strings.Cut(tail, "\nCOMMENT "); ok {
		t.comment = comment
	}
	return t, nil
}

// readColumn reads a column as DDL has it: name, definition and comment.
func readColumn(text string) tableColumn {
	name, rest, _ := strings.Cut(text, " ")
	definition, comment, _ := strings.Cut(rest, " COMMENT ")
	return tableColumn{name: strings.Trim(name, "`"), definition: definition, comment: comment}
}

// alter does the actions of an ALTER TABLE, each of which begins a line but the first.
func alter(t *table, rest string) error {
	for action := range strings.SplitSeq(rest, ",\n") {
		action = strings.TrimSpace(action)
		switch {
		case cut(&action, "ADD COLUMN IF NOT EXISTS "):
			t.add(action)
		case cut(&action, "MODIFY COLUMN IF EXISTS "):
			changed := readColumn(action)
			if c := t.find(changed.name); c != nil {
				c.definition, c.comment = changed.definition, changed.comment
			}
		case cut(&action, "COMMENT COLUMN IF EXISTS "):
			name, comment, _ := strings.Cut(action, " ")
			if c := t.find(strings.Trim(name, "`")); c != nil {
				c.comment = comment
			}
		case cut(&action, "DROP COLUMN IF EXISTS "):
			t.columns = slices.DeleteFunc(t.columns, func(c tableColumn) bool { return c.name == strings.Trim(action, "`") })
		case cut(&action, "MODIFY COMMENT "):
			t.comment = action
		default:
			return fmt.Errorf("schemas/gen cannot read %q of an ALTER TABLE: use ADD, MODIFY, COMMENT or DROP COLUMN with IF [NOT] EXISTS, or MODIFY COMMENT", action)
		}
	}
	return nil
}

func cut(text *string, prefix string) (ok bool) {
	*text, ok = strings.CutPrefix(*text, prefix)
	return ok
}

// add puts a column behind the one that its AFTER names, else at the end.
func (t *table) add(action string) {
	at := len(t.columns)
	if head, after, ok := cutLast(action, " AFTER "); ok {
		action = head
		at = 1 + slices.IndexFunc(t.columns, func(c tableColumn) bool { return c.name == strings.Trim(after, "`") })
	}
	c := readColumn(action)
	if c.later = true; t.find(c.name) == nil {
		t.columns = slices.Insert(t.columns, at, c)
	}
}

func cutLast(text, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}
