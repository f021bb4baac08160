package main

import (
	"fmt"
	"strings"
)

// columnWriters is the Go file with one columnar writer per record.
func columnWriters(records []*record) string {
	var b strings.Builder
	b.WriteString(header + "package load\n\nimport (\n\t\"github.com/ClickHouse/ch-go/proto\"\n\n\t\"doorstroom/schemas\"\n)\n\n")
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
	var decl, add, input, reset, enums strings.Builder
	t := r.goType()
	for _, f := range r.AvroFields[3:] {
		name := lower(f.goName())
		kind, args := columnOf(f)
		fmt.Fprintf(&decl, "\t%s %s\n", name, kind)
		fmt.Fprintf(&add, "\tc.%s.add(%s)\n", name, args)
		data := "&c." + name
		if strings.HasPrefix(kind, "enum") {
			fmt.Fprintf(&enums, "\t%s%sType = %q\n", lower(t), f.goName(), rawType(f))
			data = fmt.Sprintf("proto.Alias(&c.%s, %s%sType)", name, lower(t), f.goName())
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

`, lower(t), r.Name, t, decl.String(), add.String(), input.String(), enums.String(), reset.String())
}

// columnOf gives the column type of pipelines/load/columns.go and the arguments of its add.
func columnOf(f *field) (kind, args string) {
	value := "r." + f.goName()
	optional := func(kind string) (string, string) {
		if f.everyRow() {
			return kind, value
		}
		return "opt" + strings.ToUpper(kind[:1]) + kind[1:], fmt.Sprintf("r.Has(%d), %s", f.No, value)
	}
	switch f.Kind {
	case "pseudonym":
		return "pseudonym", value
	case "date", "inexact_date":
		if f.everyRow() {
			return "date", value
		}
		return "optDate", value
	case "year":
		return optional("uint16s")
	case "int32":
		return optional("int32s")
	case "int64":
		return optional("int64s")
	case "hours":
		return optional("decimals")
	}
	switch t := rawType(f); {
	case strings.HasPrefix(t, "Enum8"):
		return "enum8", value
	case strings.HasPrefix(t, "Enum16"):
		return "enum16", value
	}
	return "text", value
}
