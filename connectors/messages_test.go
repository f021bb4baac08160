package connectors_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/parquet-go/parquet-go"
	"go.uber.org/zap"

	"doorstroom/connectors"
	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// checkOne checks one delivery and gives what was found, and how many entries would be written.
func checkOne(t *testing.T, d connectortest.Delivery) (schemas.Closed, int) {
	t.Helper()
	landing := t.TempDir()
	d.Write(t, landing)
	r := connectors.New(connectors.Options{KeyVersions: []int{1}, Log: zap.NewNop()})
	found, err := r.At(context.Background(), landing)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	entries := 0
	closed, err := r.Check(context.Background(), found, func(schemas.Quarantined) { mu.Lock(); entries++; mu.Unlock() })
	if err != nil || len(closed) != 1 {
		t.Fatal(closed, err)
	}
	return closed[0], entries
}

// wholeHeader has every column of municipality_residence.
const wholeHeader = "recordnummer;mutatie;pseudoniem_v;pseudoniem_b;gemeentecode;vestigingsdatum;vertrekdatum;vertrekreden;inschrijfdatum_brp"

// town is a full delivery of one CSV file with all columns, or one that says so.
func town(text string, rows int) connectortest.Delivery {
	d := residence("d", text, rows)
	d.Files[0].Absent = []string{}
	return d
}

// townRows are n sound lines, or lines with another date.
func townRows(n int, date, end string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "r-%d;;%s;;0014;%s;;;%s", i, pseudonym, date, end)
	}
	return b.String()
}

func utf16LE(text string) string {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}

// utf32 writes ASCII text in four bytes each, least first.
func utf32(text string) string {
	var out []byte
	for _, c := range []byte(text) {
		out = append(out, c, 0, 0, 0)
	}
	return string(out)
}

// requests is a delivery of one request for a work permit, at a moment in milliseconds.
func requests(t *testing.T, at int64) connectortest.Delivery {
	type request struct {
		ID string `parquet:"recordnummer"`
		V  string `parquet:"pseudoniem_v"`
		At int64  `parquet:"datum_aanvraag,timestamp(millisecond:local)"`
	}
	return connectortest.Delivery{Supplier: "uwv", ID: "d", Files: []connectortest.File{{Name: "t.parquet", Record: "uwv_work_permit", Format: "parquet",
		Data: connectortest.Parquet(t, []request{{"a", pseudonym, at}}, 1, &parquet.Snappy), Rows: 1}}}
}

func asGzip(d connectortest.Delivery, data []byte) connectortest.Delivery {
	d.Files[0].Name, d.Files[0].Format, d.Files[0].Data = "r.csv.gz", "csv.gz", data
	return d
}

func bare(raw string) connectortest.Delivery {
	d := town("", 0)
	d.Raw = []byte(raw)
	return d
}

// TestWordsOfRefusals holds that what is said of a file that went wrong tells its
// supplier what was found, what is expected and where, and never a value.
func TestWordsOfRefusals(t *testing.T) {
	good := wholeHeader + "\n" + townRows(12, "01-02-2023", "\n")
	zip := "PK\x03\x04\x14\x00\x00\x00"
	manifest := func(more string) string {
		return `{"supplier":"municipality","municipality_codes":["0014"],"delivery_id":"d","drawn_on":"2024-03-01","covers_from":"2023-01-01","covers_to":"2024-02-29","mode":"full","contract_version":"1.0","key_version":1` + more
	}
	file := `,"files":[{"name":"r.csv","record":"municipality_residence","format":"csv","bytes":1,"sha256":"%s","rows":1}]}`
	stays := func(lines string, rows int) connectortest.Delivery {
		return connectortest.Delivery{Supplier: "coa", ID: "d", Files: []connectortest.File{{Name: "s.jsonl", Record: "coa_stay", Format: "jsonl", Data: []byte(lines), Rows: rows}}}
	}
	stay := `{"recordnummer":"a","pseudoniem_v":"` + pseudonym + `","locatie":"L","gemeentecode":"0014","begindatum":"2023-01-01"%s}`
	for name, c := range map[string]struct {
		d      connectortest.Delivery
		reason schemas.Reason
		words  []string
	}{
		"all columns":          {town(good, 12), "", nil},
		"CR CR LF":             {town(strings.ReplaceAll(good, "\n", "\r\r\n"), 12), schemas.ColumnMissing, []string{"inschrijfdatum_brp", `\r`, "CR CR LF"}},
		"CR alone":             {town(strings.ReplaceAll(good, "\n", "\r"), 12), schemas.ColumnMissing, []string{"CR alone"}},
		"no-break space":       {town(strings.Replace(good, "vertrekreden;", "vertrekreden\u00a0;", 1), 12), schemas.ColumnMissing, []string{"vertrekreden", `\u00a0`, "columns_absent"}},
		"another spelling":     {town(strings.Replace(good, "vertrekdatum;", "vertrek_datum;", 1), 12), schemas.ColumnMissing, []string{"vertrekdatum", "vertrek_datum"}},
		"all at once":          {town("recordnummer;pseudoniem_v;plaats\n", 0), schemas.ColumnMissing, []string{"gemeentecode", "vestigingsdatum", "vertrekdatum", "vertrekreden", "inschrijfdatum_brp", "plaats"}},
		"two marks":            {town("\ufeff\ufeff"+good, 12), schemas.ColumnMissing, []string{"two byte order marks", `\ufeff`}},
		"sep=":                 {town("sep=;\r\n"+good, 12), schemas.ColumnMissing, []string{"sep=", "leave it out"}},
		"tabs":                 {town(strings.ReplaceAll(good, ";", "\t"), 12), schemas.ColumnMissing, []string{"tabs", "write ;"}},
		"commas":               {town(strings.ReplaceAll(good, ";", ","), 12), schemas.ColumnMissing, []string{"commas", "write ;"}},
		"quoted commas":        {town(`"recordnummer","mutatie","pseudoniem_v"`+"\n", 0), schemas.UnreadableFile, []string{"commas", "write ;"}},
		"UTF-16 with a mark":   {town(utf16LE(good), 12), schemas.ColumnMissing, []string{"UTF-16", "UTF-8"}},
		"UTF-16 without":       {town(utf16LE(good)[2:], 12), schemas.ColumnMissing, []string{"UTF-16", "UTF-8"}},
		"UTF-32 with a mark":   {town("\xff\xfe\x00\x00"+utf32(good), 12), schemas.ColumnMissing, []string{"UTF-32", "UTF-8"}},
		"UTF-32 without":       {town(utf32(good), 12), schemas.ColumnMissing, []string{"UTF-32", "UTF-8"}},
		"manifest: UTF-32":     {bare("\xff\xfe\x00\x00" + utf32("{}")), schemas.ManifestInvalid, []string{"UTF-32", "UTF-8"}},
		"manifest: no mark":    {bare(utf32("{}")), schemas.ManifestInvalid, []string{"UTF-32", "UTF-8"}},
		"key version":          {says(town(good, 12), "key_version", 3), schemas.KeyVersionUnknown, []string{"key_version is 3; accepted: 1"}},
		"codes of a list":      {town(strings.ReplaceAll(wholeHeader+"\n"+townRows(12, "01-02-2023;02-02-2023;weg", "\n"), "weg;;;", "weg;"), 12), schemas.QuarantineOverLimit, []string{"vertrekreden code_not_in_list (12; expected: one of verhuisd, geemigreerd, overleden)"}},
		"a code as a number":   {permits("d", strings.ReplaceAll(permit("a", "1990"), `"0100"`, "100"), 1, ""), schemas.QuarantineOverLimit, []string{"found: a number; write it as a text between quotes", "codes/brp_nationality.csv"}},
		"not at midnight":      {requests(t, 19_358*86_400_000+3_600_000), schemas.QuarantineOverLimit, []string{"datum_aanvraag not_a_date", "found: a timestamp that is not at midnight", "expected: DATE, TIMESTAMP at midnight, or text jjjj-mm-dd"}},
		"at midnight":          {requests(t, 19_358*86_400_000), "", nil},
		"xlsx":                 {town(zip+"rest", 0), schemas.ColumnMissing, []string{"zip", "xlsx"}},
		"HTML":                 {town("<!DOCTYPE html><html><body>please log in</body></html>", 0), schemas.ColumnMissing, []string{"HTML"}},
		"empty":                {town("", 0), schemas.ColumnMissing, []string{"empty"}},
		"a column twice":       {town(strings.Replace(good, ";mutatie", ";gemeentecode", 1), 12), schemas.ColumnMissing, []string{"gemeentecode", "twice"}},
		"no header":            {town(townRows(12, "01-02-2023", "\n"), 12), schemas.ColumnMissing, []string{"no header", "recordnummer"}},
		"Ctrl-Z":               {town(good+"\x1a", 12), schemas.RowCountMismatch, []string{"13 records", "manifest says 12", "record 13", "Ctrl-Z"}},
		"empty rows":           {town(good+strings.Repeat(";;;;;;;;\n", 3), 12), schemas.RowCountMismatch, []string{"from 13 to 15", "separators"}},
		"a footer":             {town(good+"\n12 rows selected.\n", 12), schemas.RowCountMismatch, []string{"record 13", "rows selected"}},
		"slashes":              {town(wholeHeader+"\n"+townRows(12, "01/02/2023", "\n"), 12), schemas.QuarantineOverLimit, []string{"vestigingsdatum", "not_a_date", "12", "slashes", "dd-mm-jjjj, jjjjmmdd or jjjj-mm-dd"}},
		"a spreadsheet's days": {town(wholeHeader+"\n"+townRows(3, "44958", "\n"), 3), schemas.QuarantineOverLimit, []string{"five digits"}},
		"zip for gzip":         {asGzip(town("", 12), []byte(zip+"rest")), schemas.UnreadableFile, []string{"zip"}},
		"7z for gzip":          {asGzip(town("", 12), []byte("7z\xbc\xaf\x27\x1c rest")), schemas.UnreadableFile, []string{"7z"}},
		"text for gzip":        {asGzip(town("", 12), []byte(good)), schemas.UnreadableFile, []string{"plain text"}},
		"zeros behind gzip":    {asGzip(town("", 12), append(connectortest.Gzip([]byte(good)), make([]byte, 512)...)), schemas.UnreadableFile, []string{"zero bytes behind"}},
		"half a gzip":          {asGzip(town("", 12), connectortest.Gzip([]byte(good))[:60]), schemas.UnreadableFile, []string{"breaks off"}},
		"an array":             {stays("["+fmt.Sprintf(stay, "")+",\n"+fmt.Sprintf(stay, "")+"]\n", 2), schemas.QuarantineOverLimit, []string{"JSON array", "each line"}},
		"an object over lines": {stays("{\n\"recordnummer\": \"a\"\n}\n", 3), schemas.QuarantineOverLimit, []string{"several lines"}},
		"key of another case":  {stays(fmt.Sprintf(stay, `,"Einddatum":"2023-02-02"`), 1), "", nil},
		"a page of HTML":       {duo("d", []byte("<html>")), schemas.UnreadableFile, []string{"HTML", "items"}},
		"a list for a page":    {duo("d", []byte("[]")), schemas.UnreadableFile, []string{"list", "items"}},
		"Parquet is a zip":     {connectortest.Delivery{Supplier: "uwv", ID: "d", Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: []byte(zip + "and some more of it")}}}, schemas.UnreadableFile, []string{"zip"}},
		"manifest: mark":       {bare("\ufeff{}"), schemas.ManifestInvalid, []string{"BOM", "without"}},
		"manifest: UTF-16":     {bare(utf16LE("{}")), schemas.ManifestInvalid, []string{"UTF-16", "UTF-8"}},
		"manifest: comma":      {bare("{\n\"mode\": \"full\",\n}"), schemas.ManifestInvalid, []string{"line 3", "comma"}},
		"manifest: single":     {bare("{'mode': 'full'}"), schemas.ManifestInvalid, []string{"double quotes"}},
		"manifest: cut":        {bare(`{"mode":`), schemas.ManifestInvalid, []string{"breaks off"}},
		"manifest: empty":      {bare(""), schemas.ManifestInvalid, []string{"empty"}},
		"manifest: key":        {bare(manifest(`,"opmerking":1` + fmt.Sprintf(file, strings.Repeat("a", 64)))), schemas.ManifestInvalid, []string{`"opmerking"`}},
		"manifest: sha256":     {bare(manifest(fmt.Sprintf(file, strings.Repeat("A", 64)))), schemas.ManifestInvalid, []string{"/files/0/sha256", "lower case"}},
		"manifest: missing":    {bare(`{"supplier":"municipality"}`), schemas.ManifestInvalid, []string{"delivery_id", "drawn_on", "files"}},
		"manifest: absent":     {ofFile(town(good, 12), "columns_absent", []string{"vestigingsdatum"}), schemas.ManifestInvalid, []string{"vestigingsdatum", "not an optional column", "vertrekdatum"}},
		"manifest: JSON":       {ofFile(stays(fmt.Sprintf(stay, ""), 1), "columns_absent", []string{"einddatum"}), schemas.ManifestInvalid, []string{"columns_absent", "JSON"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := checkOne(t, c.d)
			if got.Reason != c.reason {
				t.Errorf("%q (%s), want %q", got.Reason, got.Detail, c.reason)
			}
			for _, word := range c.words {
				if !strings.Contains(got.Detail, word) {
					t.Errorf("no word %q in %s", word, got.Detail)
				}
			}
			if strings.Contains(got.Detail, pseudonym) || strings.Contains(got.Detail, "\r") || strings.Contains(got.Detail, "\u00a0") {
				t.Errorf("a value or a character that does not show: %q", got.Detail)
			}
		})
	}
}

// TestUnknownNames: what a file has and the contract does not know is named,
// escaped and within bounds, but nothing that may be a value of a record.
func TestUnknownNames(t *testing.T) {
	many := wholeHeader
	for i := range 30 {
		many += fmt.Sprintf(";x%d", i)
	}
	for name, c := range map[string]struct {
		d     connectortest.Delivery
		count int
		names []string
	}{
		"CSV":     {town(wholeHeader+";Toelichting;a\x1b[31mb\n", 0), 2, []string{"Toelichting", `a\x1b[31mb`}},
		"a value": {town(wholeHeader+";"+pseudonym+";01-02-2023\n", 0), 2, []string{"(26 characters that may be a value)", "(10 characters that may be a value)"}},
		"long":    {town(wholeHeader+";"+strings.Repeat("toelichting ", 5)+"\n", 0), 1, []string{strings.TrimSpace(strings.Repeat("toelichting ", 5))}},
		"JSON":    {permits("d", strings.Replace(permit("a", "1990"), "{", `{"Kansrijk":"J","x\u0007":1,`, 1), 1, ""), 2, []string{"Kansrijk", `x\a`}},
		"page":    {duo("d", page(1, strings.Replace(exams(1, 0), "{", `{"extra":1,`, 1))), 1, []string{"extra"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, _ := checkOne(t, c.d)
			if got.Reason != "" || got.Files[0].UnknownColumns != c.count || strings.Join(got.Files[0].UnknownNames, "|") != strings.Join(c.names, "|") {
				t.Errorf("%s %s: %d %q, want %q", got.Reason, got.Detail, got.Files[0].UnknownColumns, got.Files[0].UnknownNames, c.names)
			}
		})
	}
	got, _ := checkOne(t, town(many+"\n", 0))
	if got.Files[0].UnknownColumns != 30 || len(got.Files[0].UnknownNames) != 20 {
		t.Errorf("%d unknown columns, %d named", got.Files[0].UnknownColumns, len(got.Files[0].UnknownNames))
	}
}

// TestEntriesAreBounded: a few bytes of gzip that hold millions of broken
// records do not make millions of entries, and no entry of a delivery that its
// manifest describes is left out.
func TestEntriesAreBounded(t *testing.T) {
	bomb := asGzip(town("", 3), connectortest.Gzip([]byte(wholeHeader+"\n"+strings.Repeat("x\n", 2_000_000))))
	got, entries := checkOne(t, bomb)
	if got.Reason != schemas.RowCountMismatch || entries != 1003 || got.Records[0].RowsInFiles != 2_000_000 {
		t.Errorf("%s (%s), %d entries, %+v", got.Reason, got.Detail, entries, got.Records)
	}
	if !strings.Contains(got.Detail, "those behind record 1003 were only counted") {
		t.Error(got.Detail)
	}
	bomb.Files[0].Rows = 2_000_000
	got, entries = checkOne(t, bomb)
	if got.Reason != schemas.QuarantineOverLimit || entries != 100_000 || got.Records[0].RowsQuarantined != 2_000_000 || !strings.Contains(got.Detail, "1900000 of them are counted without entries") {
		t.Errorf("%s (%s), %d entries, %+v", got.Reason, got.Detail, entries, got.Records)
	}
}

// TestSynthetic: that its persons are made up goes with what was read of a delivery.
func TestSynthetic(t *testing.T) {
	for _, says := range []bool{false, true} {
		d := town(wholeHeader+"\n", 0)
		d.Change = func(m map[string]any) { m["synthetic"] = says }
		if got, _ := checkOne(t, d); got.Synthetic != says || got.Reason != "" {
			t.Errorf("manifest %v, read %v (%s)", says, got.Synthetic, got.Detail)
		}
	}
}
