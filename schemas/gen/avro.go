package main

import (
	"fmt"
	"strings"
)

// encoder is the AppendAvro method.
func encoder(r *record) string {
	var b strings.Builder
	fmt.Fprintf(&b, "// AppendAvro implements Row.\nfunc (r *%s) AppendAvro(dst []byte, at Position) []byte {\n", r.goType())
	b.WriteString("\tdst = appendLong(dst, int64(at.LoadID))\n\tdst = appendLong(dst, int64(at.FileNo))\n\tdst = appendLong(dst, at.RowNo)\n\tdst = appendBytes(dst, r.RecordID)\n")
	for _, f := range r.AvroFields[4:] {
		fmt.Fprintf(&b, "\tdst = %s\n", encodeCall(r, f))
	}
	b.WriteString("\treturn dst\n}\n\n")
	return b.String()
}

func encodeCall(r *record, f *field) string {
	name := f.goName()
	if f.No < 0 {
		return fmt.Sprintf("avroText(dst, r.%s != nil, r.%s)", name, name)
	}
	there := fmt.Sprintf("r.Has(%d)", f.No)
	switch f.Kind {
	case "pseudonym":
		return fmt.Sprintf("avroPseudonym(dst, %s, r.%s)", there, name)
	case "date", "inexact_date":
		return fmt.Sprintf("avroDate(dst, %s, r.%s)", there, name)
	case "year", "int32", "int64":
		if f.Kind == "int64" {
			return fmt.Sprintf("avroLong(dst, %s, r.%s)", there, name)
		}
		return fmt.Sprintf("avroLong(dst, %s, int64(r.%s))", there, name)
	case "hours":
		return fmt.Sprintf("avroDecimal(dst, %s, int64(r.%s))", there, name)
	}
	if f.list() != "" {
		return fmt.Sprintf("avroString(dst, %s, %s.Text(r.%s))", there, f.list(), name)
	}
	return fmt.Sprintf("avroText(dst, %s, r.%s)", there, name)
}

// storer is the AppendStored method: the row as its raw table holds it, and behind it, under their names, the columns
// that are younger than rows of the table, where they are filled. So the rows of before keep their digests.
func storer(r *record) string {
	var b strings.Builder
	fmt.Fprintf(&b, "// AppendStored implements Row.\nfunc (r *%s) AppendStored(dst []byte, at Position) []byte {\n\tdst = storedPosition(dst, at)\n", r.goType())
	for _, f := range r.AvroFields[3:] {
		if !f.later {
			fmt.Fprintf(&b, "\tdst = %s\n", storeCall(f, "dst"))
		}
	}
	for _, f := range r.AvroFields[3:] {
		if f.later {
			fmt.Fprintf(&b, "\tdst = storedLater(%s, len(dst), %q, %q)\n", storeCall(f, fmt.Sprintf("storedText(dst, true, []byte(%q))", f.Name)), f.Name, absent(f))
		}
	}
	b.WriteString("\treturn dst\n}\n\n")
	key := ""
	if r.municipal() {
		key = fmt.Sprintf("\tdst = storedEnum16(dst, true, r.%s)\n", r.field("municipality_code").goName())
	}
	fmt.Fprintf(&b, "// AppendKey implements Row.\nfunc (r *%s) AppendKey(dst []byte) []byte {\n%s\treturn append(dst, r.RecordID...)\n}\n\n", r.goType(), key)
	return b.String()
}

// absent is what storeCall appends for a row that lacks the field.
func absent(f *field) string {
	switch t := rawType(f); {
	case strings.HasPrefix(t, "Nullable"):
		return "\x01"
	case strings.HasPrefix(t, "Enum16"):
		return "\x00\x00"
	}
	return "\x00"
}

func storeCall(f *field, dst string) string {
	there := "true"
	if f.No >= 0 {
		there = fmt.Sprintf("r.Has(%d)", f.No)
	}
	return fmt.Sprintf("%s(%s, %s, r.%s)", columnOf(f).stored, dst, there, f.goName())
}

// decoder is the DecodeAvro method.
func decoder(r *record) string {
	var b strings.Builder
	fmt.Fprintf(&b, "// DecodeAvro implements Row.\nfunc (r *%s) DecodeAvro(msg []byte) (at Position, err error) {\n", r.goType())
	b.WriteString("\tr.reset(SyntaxISO)\n\tin := avroReader{b: msg}\n")
	b.WriteString("\tat.LoadID = uint64(in.long())\n\tat.FileNo = int32(in.long())\n\tat.RowNo = in.long()\n\tr.RecordID = in.bytes()\n\tr.fill(FieldRecordID)\n")
	for _, f := range r.AvroFields[4:] {
		fmt.Fprintf(&b, "\tr.%s = %s\n", f.goName(), decodeCall(f))
	}
	b.WriteString("\treturn at, in.end()\n}\n")
	return b.String()
}

func decodeCall(f *field) string {
	s := fmt.Sprintf("&r.rowState, %d", f.No)
	switch f.Kind {
	case "pseudonym":
		return "in.pseudonym(" + s + ")"
	case "date", "inexact_date":
		return "in.date(" + s + ")"
	case "year", "int32":
		return "int32(in.integer(" + s + "))"
	case "int64":
		return "in.integer(" + s + ")"
	case "hours":
		return "int32(in.decimal(" + s + "))"
	}
	if f.No >= 0 && f.list() != "" {
		return "in.code(" + s + ", " + f.list() + ")"
	}
	return "in.text(" + s + ")"
}
