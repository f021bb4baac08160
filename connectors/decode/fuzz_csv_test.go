package decode_test

import (
	"bytes"
	"encoding/csv"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/schemas"
)

const (
	csvHeader = "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum;vertrekdatum;vertrekreden"
	csvRow    = "a;" + decodetest.Someone + ";0014;01-02-2023;20230300;verhuisd"
)

var loneCR = regexp.MustCompile("\r([^\n]|$)")

// FuzzCSV holds the reader against encoding/csv, wherever the contract does not
// differ from it: which files are readable, which records they have, and each value.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{
		"", csvHeader, csvHeader + "\n" + csvRow, "\xef\xbb\xbf" + csvHeader + "\r\n" + csvRow + "\r\n", csvHeader + ";x\n" + csvRow + ";\"y;\n\"\"z\"\"\r\n\"\n",
		csvHeader + "\n \t\n" + csvRow + "\n\n", csvHeader + ";plaats\n" + csvRow + ";Stra\xdfe\n", csvHeader + "\n" + csvRow + "\x81\n", csvHeader + "\n\"" + csvRow + "\n",
		csvHeader + "\n" + strings.ReplaceAll(csvRow, ";", "\" ; \""), csvHeader + "\n\"a\"x;\n", csvHeader + "\na;b\n" + csvRow + ";\n", csvHeader + "\na\x00;" + csvRow[2:] + "\n",
	} {
		f.Add([]byte(s))
	}
	for path, text := range connectortest.Archive(f, csvSpectrum) {
		if strings.HasSuffix(path, ".csv") {
			f.Add([]byte(otherSeparators.Replace(string(text))))
			f.Add(append([]byte(csvHeader+"\n"), otherSeparators.Replace(string(text))...))
		}
	}
	r := decodetest.Recorded("municipality_residence")
	f.Fuzz(func(t *testing.T, data []byte) {
		windows := func(in *decode.Input) { in.Windows1252 = !utf8.Valid(data) }
		decodetest.Bounded(t, 4<<20+400*uint64(len(data)), func() {
			got, _, err := decodetest.Read(t, decode.CSV, r, data, windows)
			if rows, fault := decodetest.RoundTrip(t, decode.CSV, r.Name, data, windows); rows != len(got) || (err == nil) != (fault == nil) {
				t.Fatalf("%d records (%v), then %d (%v)", len(got), err, rows, fault)
			}
			compareCSV(t, r, data, got, err)
		})
	})
}

// compareCSV reads data with encoding/csv. Text with a lone CR, which that
// takes for a line end before the end of the file, is left out.
func compareCSV(t *testing.T, r *schemas.Record, data []byte, got []decodetest.Outcome, err error) {
	t.Helper()
	if loneCR.Match(data) || len(data) > 60_000 {
		return
	}
	text := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(data) {
		var broken error
		if text, broken = charmap.Windows1252.NewDecoder().Bytes(text); broken != nil || bytes.ContainsRune(text, utf8.RuneError) {
			return
		}
		// Byte by byte: text functions take every high byte for the same bad character.
		if slices.ContainsFunc(data, func(b byte) bool { return bytes.IndexByte([]byte{0x81, 0x8d, 0x8f, 0x90, 0x9d}, b) >= 0 }) {
			return
		}
	}
	c := csv.NewReader(bytes.NewReader(text))
	c.Comma, c.FieldsPerRecord = ';', -1
	lines, broken := c.ReadAll()
	fault := decodetest.FaultOf(err)
	unreadable := fault != nil && fault.Reason == schemas.UnreadableFile
	if (broken != nil) != unreadable {
		t.Fatalf("encoding/csv: %v, here: %v", broken, err)
	}
	if err != nil {
		return
	}
	want := expectedCSV(r, lines)
	got = withoutBlank(got)
	if len(got) != len(want) {
		t.Fatalf("%d records, want %d", len(got), len(want))
	}
	for i := range want {
		for field, text := range got[i].Set {
			got[i].Set[field] = strings.ReplaceAll(text, "\r\n", "\n")
		}
		if got[i].String() != want[i].String() {
			t.Fatalf("record %d: got %s\nwant %s", i+1, got[i], want[i])
		}
	}
}

func expectedCSV(r *schemas.Record, lines [][]string) (want []decodetest.Outcome) {
	trim := func(s string) string { return strings.Trim(s, " \t") }
	for len(lines) > 0 && len(lines[0]) == 1 && trim(lines[0][0]) == "" {
		lines = lines[1:]
	}
	for _, line := range lines[1:] {
		o := decodetest.Outcome{Set: map[int]string{}}
		if len(line) != len(lines[0]) {
			o.Whole = schemas.WrongFieldCount
		}
		for i := range min(len(line), len(lines[0])) {
			field := r.FieldOf(strings.ToLower(trim(lines[0][i])))
			if field < 0 {
				continue
			}
			if strings.Contains(line[i], "\x00") {
				o.Whole = schemas.BadEncoding
			} else if text := trim(line[i]); text != "" {
				o.Set[field] = text
			}
		}
		want = append(want, o)
	}
	return withoutBlank(want)
}

// withoutBlank leaves out what encoding/csv cannot tell from a line of blanks.
func withoutBlank(all []decodetest.Outcome) (rest []decodetest.Outcome) {
	for _, o := range all {
		if o.Whole != schemas.WrongFieldCount || len(o.Set) > 0 {
			rest = append(rest, o)
		}
	}
	return rest
}
