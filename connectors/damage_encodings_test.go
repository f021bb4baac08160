package connectors_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// wrongEncodings are what a file becomes that a program saved otherwise.
var wrongEncodings = map[string]encoding.Encoding{
	"UTF-16LE with BOM":    unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	"UTF-16BE with BOM":    unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	"UTF-16LE without BOM": unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
	"UTF-16BE without BOM": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
}

func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	data, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestUTF16 holds that no file in UTF-16 is taken for what it says, whatever its
// manifest counts: of its text every other byte is a NUL.
func TestUTF16(t *testing.T) {
	h := connectortest.New(t)
	csv, lines := csvHeader, ""
	for i := range 3 {
		csv += fmt.Sprintf("r%d;%s;0014;01-02-2023;;;\n", i, pseudonym)
		lines += permit(fmt.Sprintf("r%d", i), "1990")
	}
	n := 0
	var names []string
	for name, e := range wrongEncodings {
		for rows := range 6 {
			for _, d := range []connectortest.Delivery{
				residence("", string(encoded(t, e, csv)), rows), permits("", string(encoded(t, e, lines)), rows, ""), duo("", encoded(t, e, string(page(3, exams(3, 0))))),
			} {
				d.ID, d.Files[0].Rows = fmt.Sprintf("d-%03d", n), rows
				d.Write(t, h.Landing)
				names = append(names, fmt.Sprintf("%s, %s, %d rows", name, d.Supplier, rows))
				n++
			}
		}
	}
	for _, c := range h.MustRead() {
		var no int
		if _, err := fmt.Sscanf(c.DeliveryID, "d-%d", &no); err != nil {
			t.Fatal(err)
		}
		switch c.Supplier {
		case "municipality":
			if c.Reason != schemas.ColumnMissing {
				t.Errorf("%s: %q (%s)", names[no], c.Reason, c.Detail)
			}
		case "duo":
			if c.Reason != schemas.UnreadableFile {
				t.Errorf("%s: %q (%s)", names[no], c.Reason, c.Detail)
			}
		default:
			// Lines that hold NULs are records, none of them sound.
			if c.Reason != schemas.QuarantineOverLimit && c.Reason != schemas.RowCountMismatch {
				t.Errorf("%s: %q (%s)", names[no], c.Reason, c.Detail)
			}
			if c.Records[0].RowsAccepted > 0 {
				t.Errorf("%s: %+v", names[no], c.Records)
			}
		}
	}
	for _, record := range []string{"municipality_residence", "coa_permit", "duo_exam"} {
		if got := h.Messages(schemas.RecordOf(record).Topic()); len(got) > 0 {
			t.Errorf("%d messages of %s", len(got), record)
		}
	}
}

// TestLatin holds what becomes of characters beyond ASCII in each format when
// they are not in UTF-8, and of both kinds in one file.
func TestLatin(t *testing.T) {
	h := connectortest.New(t)
	const header = "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum;plaats\n"
	row := func(id, place string) string { return id + ";" + pseudonym + ";0014;01-02-2023;" + place + "\n" }
	latin := func(s string) string { return string(encoded(t, charmap.ISO8859_1, s)) }
	windows := func(s string) string { return string(encoded(t, charmap.Windows1252, s)) }
	for name, c := range map[string]struct {
		data string
		rows uint64
		want []string
	}{
		"UTF-8":                    {header + row("a", "Curaçao €"), 1, nil},
		"Windows-1252":             {header + row("a", windows("Curaçao €")), 1, nil},
		"Latin-1":                  {header + row("a", latin("Curaçao")), 1, nil},
		"Latin-1, a key":           {header + row(latin("ç"), "") + row("b", ""), 2, []string{"1 record_id bad_id"}},
		"mixed":                    {header + row("a", "Curaçao") + row("b", latin("Curaçao")), 2, nil},
		"mixed, a key":             {header + row("ç", "") + row("b", latin("Curaçao")), 2, []string{"1 record_id bad_id"}},
		"mixed, a byte of neither": {header + row("a\u00c1", "") + row("b", latin("Curaçao")), 2, []string{"1 bad_encoding"}}, // Á is C3 81, and Windows-1252 has no 81
		"the same in UTF-8 only":   {header + row("a\u00c1", "") + row("b", "Curaçao"), 2, []string{"1 record_id bad_id"}},
		"neither, unknown column":  {header + row("a", "\u00c1") + row("b", latin("Curaçao")), 2, nil},
		"a BOM and Latin-1":        {"\xef\xbb\xbf" + header + row("a", latin("Curaçao")), 1, nil},
	} {
		t.Run("csv, "+name, func(t *testing.T) { check(t, h, residence("d", c.data, 0), c.rows, c.want...) })
	}
	stay := func(id, place string) string {
		return fmt.Sprintf(`{"recordnummer":%q,"pseudoniem_v":%q,"locatie":"%s","gemeentecode":"0014","begindatum":"2023-01-01"}`+"\n", id, pseudonym, place)
	}
	for name, c := range map[string]struct {
		data string
		want []string
	}{
		"UTF-8":   {stay("a", "Curaçao") + stay("b", "x"), nil},
		"Latin-1": {stay("a", latin("Curaçao")) + stay("b", "x"), []string{"1 bad_encoding"}},
		"mixed":   {stay("a", "Curaçao") + stay("b", latin("Curaçao")), []string{"2 bad_encoding"}},
	} {
		t.Run("jsonl, "+name, func(t *testing.T) {
			d := permits("d", c.data, 2, "")
			d.Files[0].Record = "coa_stay"
			closed := readOne(t, h, d)
			if got := entries(h, closed.LoadID); closed.Reason != "" || !slices.Equal(got, c.want) {
				t.Errorf("%q (%s), %q, want %q", closed.Reason, closed.Detail, got, c.want)
			}
		})
	}
	for name, c := range map[string]struct {
		item string
		want schemas.Reason
	}{"UTF-8": {"Curaçao", ""}, "Latin-1": {latin("Curaçao"), schemas.UnreadableFile}, "mixed": {"ç" + latin("ç"), schemas.UnreadableFile}} {
		t.Run("json, "+name, func(t *testing.T) {
			item := strings.Replace(exams(1, 0), "{", `{"x":"`+c.item+`",`, 1)
			if got := readOne(t, h, duo("d", page(1, item))); got.Reason != c.want {
				t.Errorf("%q (%s)", got.Reason, got.Detail)
			}
		})
	}
}

// TestFreeTextsArrive holds that a text beyond ASCII arrives as what it says,
// whichever way a Parquet file or a line has it; in CSV no column is a free text.
func TestFreeTextsArrive(t *testing.T) {
	h := connectortest.New(t)
	want := "Curaçao 😀 €"
	line := fmt.Sprintf(`{"recordnummer":"a","pseudoniem_v":%q,"locatie":"Cura\u00e7ao \ud83d\ude00 €","gemeentecode":"0014","begindatum":"2023-01-01"}`, pseudonym)
	d := permits("d", line, 1, "")
	d.Files[0].Record = "coa_stay"
	c := readOne(t, h, d)
	messages := h.Messages(schemas.RecordOf("coa_stay").Topic())
	if c.Reason != "" || len(messages) != 1 || !strings.Contains(string(messages[0].Value), want) {
		t.Errorf("%q (%s), %d messages, %q", c.Reason, c.Detail, len(messages), entries(h, c.LoadID))
	}
}
