package main

import (
	"fmt"
	"strings"
)

// columnWriters is the Go file with one columnar writer per record.
func columnWriters(records []*record) string {
	var b strings.Builder
	b.WriteString(header + "package load\n\nimport (\n\t\"github.com/ClickHouse/ch-go/proto\"\n\n\t\"doorstroom/pipelines/warehouse\"\n\t\"doorstroom/schemas\"\n)\n\n")
	b.WriteString("// newColumns makes the columnar writer of a record's raw table; nil for an unknown record.\nfunc newColumns(record string) columns {\n\tswitch record {\n")
	for _, r := range records {
		fmt.Fprintf(&b, "\tcase %q:\n\t\treturn new(%sColumns)\n", r.Name, lower(r.goType()))
	}
	b.WriteString("\t}\n\treturn nil\n}\n\n")
	for _, r := range records {
		b.WriteString(columnWriter(r))
	}
	return b.String()
}

// laterColumns tells of which columns rows may be older, and when they are filled.
func laterColumns(records []*record) string {
	var b strings.Builder
	b.WriteString(header + "package delivery\n\n// laterColumns are those that came after the first rows of their table, by record.\nvar laterColumns = map[string][]laterColumn{\n")
	for _, r := range records {
		var list []string
		for _, f := range r.AvroFields[3:] {
			if f.later {
				list = append(list, fmt.Sprintf("{name: %q, filled: %q}", f.Name, filled(f)))
			}
		}
		if len(list) > 0 {
			fmt.Fprintf(&b, "\t%q: {%s},\n", r.Name, strings.Join(list, ", "))
		}
	}
	b.WriteString("}\n")
	return b.String()
}

// filled is the condition that a row has a value of the field.
func filled(f *field) string {
	if strings.HasPrefix(rawType(f), "Nullable") {
		return "isNotNull(`" + f.Name + "`)"
	}
	return "`" + f.Name + "` != ''"
}

// columnWriter decodes a message and appends each field to its typed column:
// no reflection and no allocation per row.
func columnWriter(r *record) string {
	var decl, add, input, reset, types strings.Builder
	t := r.goType()
	for _, f := range r.AvroFields[3:] {
		name, c := lower(f.goName()), columnOf(f)
		fmt.Fprintf(&decl, "\t%s %s\n", name, c.kind)
		fmt.Fprintf(&add, "\t%s\n", strings.ReplaceAll(c.add, "c.", "c."+name+"."))
		data := "&c." + name
		if c.renamed {
			fmt.Fprintf(&types, "\t%s%sType = %q\n", lower(t), f.goName(), rawType(f))
			data = fmt.Sprintf("renamed{&c.%s, %s%sType}", name, lower(t), f.goName())
		}
		fmt.Fprintf(&input, "\t\tproto.InputColumn{Name: %q, Data: %s},\n", f.Name, data)
		fmt.Fprintf(&reset, "\tc.%s.Reset()\n", name)
	}
	return fmt.Sprintf(`const (
%[7]s)

// %[1]sColumns is a block of raw.%[2]s.
type %[1]sColumns struct {
	position
	row schemas.%[3]s
%[4]s}

func (c *%[1]sColumns) append(msg []byte) error {
	at, err := c.row.DecodeAvro(msg)
	if err != nil {
		return err
	}
	r := &c.row
	c.position.add(at)
%[5]s	return nil
}

func (c *%[1]sColumns) reset() {
	c.position.reset()
%[8]s}

func (c *%[1]sColumns) input() proto.Input {
	return append(c.position.input(),
%[6]s	)
}

`, lower(t), r.Name, t, decl.String(), add.String(), input.String(), types.String(), reset.String())
}

// column is how pipelines/load fills the raw column of a field, and how package schemas writes it for its digest.
type column struct {
	// kind is the Go type of the column.
	kind string
	// add are the calls that append the field's value; c. stands before each.
	add string
	// renamed tells that the column's type in ClickHouse is not the one that ch-go tells of the kind.
	renamed bool
	// stored is the appender in schemas/stored.go.
	stored string
}

func columnOf(f *field) column {
	value := "r." + f.goName()
	own := func(kind, stored string) column {
		return column{kind: kind, add: "c.add(" + value + ")", renamed: strings.HasPrefix(kind, "enum"), stored: stored}
	}
	switch f.Kind {
	case "pseudonym":
		return own("pseudonym", "storedPseudonym")
	case "date", "inexact_date":
		if f.everyRow() {
			return own("date", "storedDate")
		}
		return own("optDate", "storedOptDate")
	case "year":
		return numbers(f, "ColUInt16", "uint16("+value+")", "uint16")
	case "int32":
		return numbers(f, "ColInt32", value, "int32")
	case "int64":
		return numbers(f, "ColInt64", value, "int64")
	case "hours": // hundredths, as the number inside a Decimal(9, 2)
		c := numbers(f, "ColDecimal32", "proto.Decimal32("+value+")", "int32")
		c.renamed = true
		return c
	}
	switch t := rawType(f); {
	case strings.HasPrefix(t, "Enum8"):
		return own("enum8", "storedEnum8")
	case strings.HasPrefix(t, "Enum16"):
		return own("enum16", "storedEnum16")
	}
	return own("text", "storedText")
}

// numbers is a column of ch-go's type col whose values are of the Go type stored.
func numbers(f *field, col, value, stored string) column {
	if f.everyRow() {
		return column{kind: "proto." + col, add: "c.Append(" + value + ")", stored: "storedNumber[" + stored + "]"}
	}
	return column{
		kind:   fmt.Sprintf("warehouse.Nullable[proto.%[1]s, *proto.%[1]s]", col),
		add:    fmt.Sprintf("c.Mark(r.Has(%d))\n\tc.Values.Append(%s)", f.No, value),
		stored: "storedOptNumber[" + stored + "]",
	}
}
