package connectors_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// entries gives the quarantine of one delivery as "row field rule" lines.
func entries(h *connectortest.Harness, loadID uint64) (lines []string) {
	for _, q := range h.Quarantined() {
		if q.LoadID == loadID {
			lines = append(lines, strings.Join(strings.Fields(fmt.Sprintln(q.Row, q.Field, q.Rule)), " "))
		}
	}
	slices.Sort(lines)
	return lines
}

// readOne reads the one delivery of a fresh landing folder.
func readOne(t *testing.T, h *connectortest.Harness, d connectortest.Delivery) schemas.Closed {
	t.Helper()
	h.Landing = t.TempDir()
	d.Write(t, h.Landing)
	closed := h.MustRead()
	if len(closed) != 1 {
		t.Fatalf("%d deliveries closed", len(closed))
	}
	return closed[0]
}

// check holds the quarantine entries and the counts of a delivery, which is
// accepted if one of its records is sound.
func check(t *testing.T, h *connectortest.Harness, d connectortest.Delivery, rows uint64, want ...string) {
	t.Helper()
	d.Files[0].Rows = int(rows)
	c := readOne(t, h, d)
	bad := map[string]bool{}
	for _, entry := range want {
		row, _, _ := strings.Cut(entry, " ")
		bad[row] = true
	}
	reason := schemas.Reason("")
	if rows > 0 && uint64(len(bad)) == rows {
		reason = schemas.QuarantineOverLimit
	}
	if c.Reason != reason {
		t.Errorf("%q: %s, want %q", c.Reason, c.Detail, reason)
	}
	got := entries(h, c.LoadID)
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if len(c.Records) != 1 || c.Records[0].RowsInFiles != rows {
		t.Errorf("%+v, want %d rows", c.Records, rows)
	}
}

// TestCSVRecords holds how lines and fields are cut, and what breaks a whole record.
func TestCSVRecords(t *testing.T) {
	h := connectortest.New(t)
	const header = "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum;vertrekreden"
	row := func(id string) string { return id + ";" + pseudonym + ";0014;01-02-2023;" }
	for name, c := range map[string]struct {
		data string
		rows uint64
		want []string
	}{
		"LF":                   {header + "\n" + row("a") + "\n" + row("b") + "\n", 2, nil},
		"CRLF, no end":         {header + "\r\n" + row("a") + "\r\n" + row("b"), 2, nil},
		"BOM":                  {"\xef\xbb\xbf" + header + "\n" + row("a"), 1, nil},
		"header in any case":   {strings.ToUpper(header) + "\n" + row("a"), 1, nil},
		"header in any order":  {"vertrekreden;vestigingsdatum;x;gemeentecode; pseudoniem_v ;\"recordnummer\"\n;2023-02-01;y;0014;" + pseudonym + ";a\n", 1, nil},
		"blanks":               {header + "\n \ta\t ;" + pseudonym + " ; 0014;\"  01-02-2023\t\"; \n", 1, nil},
		"quotes":               {header + "\n\"a\";\"" + pseudonym + "\";\"0014\";\"20230201\";\"\"\r\n", 1, nil},
		"quoted line ends":     {header + ";x\n" + row("a") + ";\"one\ntwo;\"\"three\"\"\r\n\"\n" + row("b") + ";\n", 2, nil},
		"blank lines":          {"\n \t\n" + header + "\n\n" + row("a") + "\n  \t\r\n\r\n" + row("b") + "\n\n", 2, nil},
		"lone CR":              {header + "\n" + row("a") + "\r" + row("b") + "\n", 1, []string{"1 wrong_field_count"}},
		"CR at the end":        {header + "\n" + row("a") + "\n" + row("b") + "\r", 2, []string{"2 left_reason code_not_in_list"}},
		"line of separators":   {header + "\n;;;;\n", 1, []string{"1 municipality_code missing", "1 pseudonym_v no_pseudonym", "1 record_id missing", "1 settled_on missing"}},
		"too few":              {header + "\n" + row("a") + "\na;b\n" + row("b") + "\n", 3, []string{"2 wrong_field_count"}},
		"too many":             {header + "\n" + row("a") + ";\n", 1, []string{"1 wrong_field_count"}},
		"empty quotes":         {header + "\n\"\"\n", 1, []string{"1 wrong_field_count"}},
		"Windows-1252":         {header + ";plaats\n" + row("a") + ";Stra\xdfe\n" + row("\xe9") + ";\n", 2, []string{"2 record_id bad_id"}},
		"UTF-8":                {header + ";plaats\n" + row("a") + ";Straße\n" + row("é") + ";\n", 2, []string{"2 record_id bad_id"}},
		"NUL":                  {header + "\n" + row("a\x00") + "\n" + row("b") + "\n", 2, []string{"1 bad_encoding"}},
		"NUL, unknown column":  {header + ";x\n" + row("a") + ";\x00\n", 1, nil},
		"first that fits":      {header + "\n" + row("a\x00") + ";\n", 1, []string{"1 bad_encoding"}},
		"a very long field":    {header + ";x\n" + row("a") + ";" + strings.Repeat("y", 3<<20) + "\n" + row(strings.Repeat("y", 3<<20)) + ";\n", 2, []string{"2 record_id bad_id"}},
		"a field of blanks":    {header + "\n" + row(strings.Repeat(" ", 1<<20)+"a"+strings.Repeat(" ", 1<<20)) + "\n", 1, nil},
		"several broken":       {header + "\n" + "a;x;0014;31-02-2023;nee\n", 1, []string{"1 left_reason code_not_in_list", "1 pseudonym_v bad_pseudonym", "1 settled_on not_a_date"}},
		"not in the manifest":  {header + "\na;" + pseudonym + ";0034;01-02-2023;\n", 1, []string{"1 municipality_code municipality_not_in_manifest"}},
		"unknown names differ": {header + ";x;x;\n" + row("a") + ";;;\n", 1, nil},
	} {
		t.Run(name, func(t *testing.T) { check(t, h, residence("d", c.data, 0), c.rows, c.want...) })
	}
	for _, c := range []byte{0x81, 0x8d, 0x8f, 0x90, 0x9d} {
		t.Run(fmt.Sprintf("byte %x", c), func(t *testing.T) {
			data := header + ";x\n" + row("a"+string([]byte{c})) + ";\n" + row("b") + ";" + string([]byte{c}) + "\n"
			check(t, h, residence("d", data, 0), 2, "1 bad_encoding")
		})
	}
}

// TestJSONLRecords holds what is a record, and what a value may be.
func TestJSONLRecords(t *testing.T) {
	h := connectortest.New(t)
	sound := func(more string) string {
		return `{"recordnummer":"a","pseudoniem_v":"` + pseudonym + `","soort":"nt2","begindatum":"2023-01-01"` + more + `}`
	}
	deep := func(n int) string { return `,"x":` + strings.Repeat("[", n) + strings.Repeat("]", n) }
	for name, c := range map[string]struct {
		data string
		rows uint64
		want []string
	}{
		"lines":                 {sound("") + "\n" + sound("") + "\r\n" + sound(""), 3, nil},
		"blank lines and a BOM": {"\xef\xbb\xbf\n \t\n" + sound("") + "\n\r\n\n" + sound("") + "\n", 2, nil},
		"null and empty":        {sound(`,"einddatum":null,"uren_per_week":""`), 1, nil},
		"unknown keys":          {sound(`,"x":{"y":[1,{"z":null}],"w":true},"Soort":1`), 1, nil},
		"hours":                 {sound(`,"uren_per_week":12.50`) + "\n" + sound(`,"uren_per_week":"12,5"`) + "\n" + sound(`,"uren_per_week":1e1`), 3, []string{"3 hours_per_week not_a_number"}},
		"other types": {`{"recordnummer":1,"pseudoniem_v":[],"pseudoniem_b":{},"soort":true,"begindatum":20230101,"einddatum":false,"uren_per_week":[1]}`, 1,
			[]string{"1 end not_a_date", "1 hours_per_week not_a_number", "1 kind code_not_in_list", "1 pseudonym_b bad_pseudonym", "1 pseudonym_v bad_pseudonym", "1 record_id bad_id", "1 start not_a_date"}},
		"missing":              {`{}`, 1, []string{"1 kind missing", "1 pseudonym_v no_pseudonym", "1 record_id missing", "1 start missing"}},
		"no object":            {"[]\n1\nnull\n\"x\"\nx\n{\n" + sound("") + "x\n", 7, []string{"1 bad_json", "2 bad_json", "3 bad_json", "4 bad_json", "5 bad_json", "6 bad_json", "7 bad_json"}},
		"not JSON":             {sound(`,"x":01`) + "\n" + sound(`,"x":+1`) + "\n" + sound(`,"x":1.`) + "\n" + sound(`,}`) + "\n" + sound(`,"x":"`+"\t"+`"`) + "\n" + sound(`,"x":"\q"`), 6, []string{"1 bad_json", "2 bad_json", "3 bad_json", "4 bad_json", "5 bad_json", "6 bad_json"}},
		"a known key twice":    {sound(`,"soort":"nt2"`), 1, []string{"1 bad_json"}},
		"an unknown key twice": {sound(`,"x":1,"x":1`) + "\n" + sound(`,"x":1,"\u0078":1`) + "\n" + sound(`,"y":[{"x":1,"z":1,"x":1}]`), 3, []string{"1 bad_json", "2 bad_json", "3 bad_json"}},
		"one key in two":       {sound(`,"y":{"x":1},"x":{"x":{"x":1}}`), 1, nil},
		"escapes":              {sound(`,"recordnummer2":"\ud83d\ude00","einddatum":"2023\u002d01-02"`), 1, nil},
		"half a surrogate":     {strings.Replace(sound(""), `"a"`, `"\ud83d"`, 1) + "\n" + strings.Replace(sound(""), `"a"`, `"\ude00\ud83d"`, 1) + "\n" + sound(`,"x":"\ud83d"`), 3, []string{"1 bad_encoding", "2 bad_encoding"}},
		"NUL":                  {strings.Replace(sound(""), `"a"`, `"a\u0000"`, 1) + "\n" + strings.Replace(sound(""), `"a"`, "\"a\x00\"", 1) + "\n" + sound(`,"x":"\u0000"`), 3, []string{"1 bad_encoding", "2 bad_encoding"}},
		"not UTF-8":            {strings.Replace(sound(""), `"a"`, "\"\xff\"", 1) + "\n" + sound(",\"x\":\"\xff\""), 2, []string{"1 bad_encoding"}},
		"first that fits":      {strings.Replace(sound(`,"x":1,"x":1`), `"a"`, "\"\xff\"", 1), 1, []string{"1 bad_encoding"}},
		"depth":                {sound(deep(999)) + "\n" + sound(deep(2000)), 2, []string{"2 bad_json"}},
		"a very long line":     {sound("") + "\n" + sound(`,"x":"`+strings.Repeat("y", 3<<20)+`"`) + "\n" + strings.Repeat(" ", 3<<20) + "\n" + sound(""), 3, []string{"2 bad_json"}},
		"many keys":            {sound(manyKeys(2000)) + "\n" + sound(manyKeys(2000)+`,"k7":1`), 2, []string{"2 bad_json"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := connectortest.Delivery{Supplier: "coa", ID: "d", Files: []connectortest.File{{Name: "p.jsonl.gz", Record: "coa_participation", Format: "jsonl.gz", Data: connectortest.Gzip([]byte(numbered(c.data)))}}}
			check(t, h, d, c.rows, c.want...)
		})
	}
}

// numbered gives each record a number of its own: one that comes twice is another matter.
func numbered(data string) string {
	for n := 1; strings.Contains(data, `"recordnummer":"a"`); n++ {
		data = strings.Replace(data, `"recordnummer":"a"`, fmt.Sprintf(`"recordnummer":"a-%d"`, n), 1)
	}
	return data
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"k%d":%d`, i, i)
	}
	return b.String()
}

// TestPageRecords holds what of an item is its own fault and not the page's.
func TestPageRecords(t *testing.T) {
	h := connectortest.New(t)
	one := exams(1, 0)
	for name, c := range map[string]struct {
		items string
		rows  uint64
		want  []string
	}{
		"none":             {"", 0, nil},
		"no object":        {one + `,1,[{}],null,"x"`, 5, []string{"2 bad_json", "3 bad_json", "4 bad_json", "5 bad_json"}},
		"a key twice":      {one + `,{"x":1,"x":2}`, 2, []string{"2 bad_json"}},
		"half a surrogate": {strings.Replace(one, `"e0"`, `"\ud800"`, 1), 1, []string{"1 bad_encoding"}},
		"a very long item": {one + `,{"x":"` + strings.Repeat("]", 3<<20) + `"}`, 2, []string{"2 bad_json"}},
	} {
		t.Run(name, func(t *testing.T) { check(t, h, duo("d", page(int(c.rows), c.items)), c.rows, c.want...) })
	}
}

// TestParquetCodecs reads every codec that Parquet 2 names, several row groups.
func TestParquetCodecs(t *testing.T) {
	h := connectortest.New(t)
	rows := make([]connectortest.Wage, 1000)
	for i := range rows {
		rows[i] = connectortest.WageAt(i)
	}
	rows[500].HoursPaid = nil
	for name, codec := range map[string]compress.Codec{
		"none": &parquet.Uncompressed, "snappy": &parquet.Snappy, "gzip": &parquet.Gzip, "zstd": &parquet.Zstd, "lz4_raw": &parquet.Lz4Raw, "brotli": &parquet.Brotli,
	} {
		t.Run(name, func(t *testing.T) {
			d := connectortest.Delivery{Supplier: "uwv", ID: "d", Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: connectortest.Parquet(t, rows, 300, codec)}}}
			check(t, h, d, 1000, "501 hours_paid missing")
		})
	}
	// Every codec must give the same values: six times each of 999 messages.
	seen := map[string]int{}
	for _, m := range h.Messages("doorstroom.uwv_employment") {
		row := schemas.RecordOf("uwv_employment").New().(*schemas.UwvEmployment)
		at, err := row.DecodeAvro(m.Value[5:])
		if err != nil {
			t.Fatal(err)
		}
		w := rows[at.RowNo-1]
		if string(row.RecordID) != w.ID || string(row.IkvID) != *w.Ikv || row.EmployerPseudonym.Text() != *w.Employer || row.HoursPaid != *w.HoursPaid || row.WageSV != *w.Wage ||
			row.PeriodEnd.UnixDays() != *w.PeriodEnd || row.ContractHoursWeek != *w.WeekHours || (w.IkvEnd == nil) != (row.IkvEnd == 0) {
			t.Fatalf("row %d came out as another", at.RowNo)
		}
		seen[w.ID]++
	}
	for id, n := range seen {
		if n != 6 || len(seen) != 999 {
			t.Fatalf("%d of 999 rows, %s %d times of 6", len(seen), id, n)
		}
	}
}

// typed is uwv_employment in the other physical types that the contract allows.
type typed struct {
	ID        []byte   `parquet:"recordnummer"`
	B         string   `parquet:"pseudoniem_b"`
	Ikv       string   `parquet:"ikv_nummer"`
	Employer  string   `parquet:"pseudoniem_werkgever"`
	Start     string   `parquet:"datum_begin_periode"`
	End       string   `parquet:"datum_eind_periode"`
	IkvStart  string   `parquet:"datum_begin_ikv"`
	SrtIV     string   `parquet:"soort_inkomen"`
	CdAard    string   `parquet:"aard_arbeidsverhouding"`
	Hours     int64    `parquet:"verloonde_uren"`
	WeekHours *float64 `parquet:"contracturen_per_week"`
	Wage      int32    `parquet:"loon_sv"`
	Extra     []string `parquet:"iets_anders,list"`
}

func typedAt(hours float64) typed {
	return typed{ID: []byte("a"), B: pseudonym, Ikv: "i", Employer: pseudonym, Start: "2023-01-01", End: "2023-01-31", IkvStart: "2022-01-01", SrtIV: "15", CdAard: "01", Hours: 100, WeekHours: &hours, Wage: 1}
}

// TestParquetTypes holds texts without a logical type, dates as text, other
// integers and DOUBLE hours.
func TestParquetTypes(t *testing.T) {
	h := connectortest.New(t)
	rows := []typed{typedAt(12.5), typedAt(36), typedAt(12.500001), typedAt(12.50001), typedAt(-1), typedAt(99.01), typedAt(12.5), typedAt(12.5), typedAt(12.5), typedAt(12.5)}
	for i := range rows {
		rows[i].ID = fmt.Appendf(nil, "a%d", i)
	}
	rows[6].Hours = 1 << 40
	rows[7].ID = []byte("a\x00")
	rows[8].Ikv = "\xff"
	rows[9].Start, rows[9].IkvStart = "01-01-2023", ""
	d := connectortest.Delivery{Supplier: "uwv", ID: "d", Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: connectortest.Parquet(t, rows, 100, &parquet.Zstd)}}}
	check(t, h, d, 10, "10 ikv_start missing", "10 period_start not_a_date", "4 contract_hours_week not_a_number", "5 contract_hours_week out_of_range", "6 contract_hours_week out_of_range",
		"7 hours_paid out_of_range", "8 bad_encoding", "9 bad_encoding")
}

// TestParquetWrongTypes holds that another physical type makes the file unreadable.
func TestParquetWrongTypes(t *testing.T) {
	h := connectortest.New(t)
	file := func(data []byte) connectortest.Delivery {
		return connectortest.Delivery{Supplier: "uwv", ID: "d", Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_work_permit", Format: "parquet", Data: data, Rows: 1}}}
	}
	type idAsInt struct {
		ID int32 `parquet:"recordnummer"`
	}
	type dateAsInt struct {
		Date int32 `parquet:"datum_aanvraag"`
	}
	type dateAsTime struct {
		Date int64 `parquet:"datum_aanvraag,timestamp"`
	}
	type textRepeated struct {
		ID []string `parquet:"recordnummer"`
	}
	type textFixed struct {
		ID [4]byte `parquet:"recordnummer"`
	}
	type noColumns struct {
		ID string `parquet:"recordnummer"`
	}
	for name, c := range map[string]struct {
		data []byte
		want schemas.Reason
	}{
		"int for text":         {connectortest.Parquet(t, []idAsInt{{1}}, 9, &parquet.Snappy), schemas.UnreadableFile},
		"int for date":         {connectortest.Parquet(t, []dateAsInt{{1}}, 9, &parquet.Snappy), schemas.UnreadableFile},
		"timestamp for date":   {connectortest.Parquet(t, []dateAsTime{{1}}, 9, &parquet.Snappy), schemas.UnreadableFile},
		"repeated":             {connectortest.Parquet(t, []textRepeated{{nil}}, 9, &parquet.Snappy), schemas.UnreadableFile},
		"fixed":                {connectortest.Parquet(t, []textFixed{{}}, 9, &parquet.Snappy), schemas.UnreadableFile},
		"columns missing":      {connectortest.Parquet(t, []noColumns{{"a"}}, 9, &parquet.Snappy), schemas.ColumnMissing},
		"columns missing, cut": {holed(connectortest.Parquet(t, make([]noColumns, 9), 9, &parquet.Uncompressed)), schemas.UnreadableFile},
	} {
		t.Run(name, func(t *testing.T) {
			if got := readOne(t, h, file(c.data)); got.Reason != c.want {
				t.Errorf("%q (%s), want %q", got.Reason, got.Detail, c.want)
			}
		})
	}
}

// holed damages the first page header.
func holed(data []byte) []byte {
	copy(data[4:], strings.Repeat("\xff", 12))
	return data
}

// TestMessages holds what a record becomes: key, frame, position.
func TestMessages(t *testing.T) {
	h := connectortest.New(t)
	both := strings.Replace(permit("a", "1990"), `"pseudoniem_v"`, `"pseudoniem_b":"zzzzzzzzzzzzzzzzzzzzzzzzz4","pseudoniem_v"`, 1)
	d := permits("d", permit("bad", "x")+both, 2, "")
	d.Files = append([]connectortest.File{{Name: "z.jsonl", Record: "coa_stay", Format: "jsonl"}}, d.Files...)
	c := readOne(t, h, d)
	if c.Reason != "" {
		t.Fatalf("%s: %s", c.Reason, c.Detail)
	}
	messages := h.Messages("doorstroom.coa_permit")
	if len(messages) != 1 {
		t.Fatalf("%d messages", len(messages))
	}
	m := messages[0]
	if string(m.Key) != "zzzzzzzzzzzzzzzzzzzzzzzzz4" {
		t.Errorf("key %q, want pseudonym B", m.Key)
	}
	if m.Value[0] != 0 || binary.BigEndian.Uint32(m.Value[1:]) == 0 {
		t.Errorf("frame % x", m.Value[:5])
	}
	row := schemas.RecordOf("coa_permit").New()
	at, err := row.DecodeAvro(m.Value[5:])
	// p.jsonl sorts before z.jsonl; the bad record is the first of its file.
	if want := (schemas.Position{LoadID: c.LoadID, FileNo: 0, RowNo: 2}); err != nil || at != want || string(row.ID()) != "a" {
		t.Errorf("%+v %v, want %+v", at, err, want)
	}
	f := c.Files[1]
	if f.FileNo != 0 || f.RowsAccepted != 1 || f.RowsQuarantined != 1 || f.RowSum != 2 || f.RowSquares != 4 {
		t.Errorf("%+v", f)
	}
	if again := h.MustRead(); len(again) != 1 || again[0].LoadID != c.LoadID {
		t.Errorf("read again the same files are another load: %+v", again)
	}
}
