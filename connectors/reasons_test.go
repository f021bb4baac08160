package connectors_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

const (
	pseudonym = "abcdefghijklmnopqrstuvwxya"
	csvHeader = "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum;vertrekdatum;vertrekreden;mutatie\n"
)

// exams are lines of duo_exam with a number each; the bad ones lack their date.
func exams(good, bad int) string {
	var items []string
	for i := range good + bad {
		date := `,"examendatum":"2023-05-01"`
		if i >= good {
			date = ""
		}
		items = append(items, fmt.Sprintf(`{"recordnummer":"e%d","pseudoniem_v":%q,"onderdeel":"KNM","resultaat":"geen"%s}`, i, pseudonym, date))
	}
	return strings.Join(items, ",")
}

func page(total int, items string) []byte {
	return []byte(fmt.Sprintf(`{"items":[%s],"total":%d,"next":null}`, items, total))
}

// residence is a municipal delivery of one CSV file.
func residence(id, data string, rows int) connectortest.Delivery {
	return connectortest.Delivery{Supplier: "municipality", ID: id, Municipalities: []string{"0014"},
		Files: []connectortest.File{{Name: "r.csv", Record: "municipality_residence", Format: "csv", Data: []byte(data), Rows: rows}}}
}

// permits is a COA delivery of one JSON Lines file, with a control total on the years of birth.
func permits(id, data string, rows int, sum string) connectortest.Delivery {
	d := connectortest.Delivery{Supplier: "coa", ID: id, Files: []connectortest.File{{Name: "p.jsonl", Record: "coa_permit", Format: "jsonl", Data: []byte(data), Rows: rows}}}
	if sum != "" {
		d.Files[0].Control = [2]string{"geboortejaar", sum}
	}
	return d
}

func permit(id string, year string) string {
	return fmt.Sprintf(`{"recordnummer":%q,"pseudoniem_v":%q,"verblijfstitel":"26","ingangsdatum":"2023-01-01","nationaliteit":"0100","geboortejaar":%s,"geslacht":"V","instroom":"zelf"}`+"\n", id, pseudonym, year)
}

func duo(id string, pages ...[]byte) connectortest.Delivery {
	d := connectortest.Delivery{Supplier: "duo", ID: id}
	for i, p := range pages {
		d.Files = append(d.Files, connectortest.File{Name: fmt.Sprintf("e-%d.json", i), Record: "duo_exam", Format: "json", Data: p, Rows: strings.Count(string(p), `"recordnummer"`)})
	}
	return d
}

func wages(t *testing.T, id string, n int) connectortest.Delivery {
	rows := make([]connectortest.Wage, n)
	for i := range rows {
		rows[i] = connectortest.WageAt(i)
	}
	return connectortest.Delivery{Supplier: "uwv", ID: id, Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet",
		Data: connectortest.Parquet(t, rows, 100, &parquet.Snappy), Rows: n}}}
}

// with changes a delivery and gives it back.
func with(d connectortest.Delivery, change func(*connectortest.Delivery)) connectortest.Delivery {
	change(&d)
	return d
}

// says changes a value of the manifest.
func says(d connectortest.Delivery, key string, value any) connectortest.Delivery {
	return with(d, func(d *connectortest.Delivery) { d.Change = func(m map[string]any) { m[key] = value } })
}

// ofFile changes a value that the manifest says of its first file.
func ofFile(d connectortest.Delivery, key string, value any) connectortest.Delivery {
	return with(d, func(d *connectortest.Delivery) {
		d.Change = func(m map[string]any) { m["files"].([]any)[0].(map[string]any)[key] = value }
	})
}

// TestReasons reads one delivery for every way in which the contract refuses
// one, and for what lies just on the other side. The name of a case is its delivery_id.
func TestReasons(t *testing.T) {
	good := csvHeader + "a;" + pseudonym + ";0014;01-02-2023;;;\n"
	goodPermit := permit("a", "1990")
	broken := connectortest.Gzip([]byte(good))
	gz := func(id string, data []byte) connectortest.Delivery {
		return with(residence(id, "", 1), func(d *connectortest.Delivery) {
			d.Files[0].Name, d.Files[0].Format, d.Files[0].Data = "r.csv.gz", "csv.gz", data
		})
	}
	cutWages := wages(t, "parquet-cut", 300)
	cutWages.Files[0].Data = cutWages.Files[0].Data[:len(cutWages.Files[0].Data)-100]
	holedWages := wages(t, "parquet-holed", 300)
	copy(holedWages.Files[0].Data[2000:], make([]byte, 3000))
	twoFiles := func(id string, first, second func(*connectortest.File)) connectortest.Delivery {
		d := permits(id, goodPermit, 1, "")
		d.Files = append(d.Files, d.Files[0])
		d.Files[1].Name = "another.jsonl"
		first(&d.Files[0])
		second(&d.Files[1])
		return d
	}
	gone := func(f *connectortest.File) { f.Leave = true }
	miscounted := func(f *connectortest.File) { f.Rows++ }

	h := connectortest.New(t)
	want := map[string]schemas.Reason{}
	for _, c := range []struct {
		d      connectortest.Delivery
		reason schemas.Reason
	}{
		{residence("good", good, 1), ""},
		{permits("good-permits", goodPermit, 1, "1990"), ""},
		{wages(t, "good-wages", 300), ""},
		{duo("good-exams", page(3, exams(2, 0)), page(3, strings.Replace(exams(1, 0), `"e0"`, `"e2"`, 1))), ""},
		{duo("a-page-twice", page(4, exams(2, 0)), page(4, exams(2, 0))), schemas.RecordTwice},

		{with(residence("no-json", "", 0), func(d *connectortest.Delivery) { d.Raw = []byte("{") }), schemas.ManifestInvalid},
		{with(residence("key-twice", "", 0), func(d *connectortest.Delivery) { d.Raw = []byte(`{"mode":"full","mode":"full"}`) }), schemas.ManifestInvalid},
		{says(residence("unknown-key", good, 1), "extra", 1), schemas.ManifestInvalid},
		{says(residence("bad-date", good, 1), "drawn_on", "2024-02-30"), schemas.ManifestInvalid},
		{says(residence("old-date", good, 1), "covers_from", "1969-12-31"), schemas.ManifestInvalid},
		{says(residence("covers", good, 1), "covers_from", "2024-03-01"), schemas.ManifestInvalid},
		{says(residence("covers-a-day", good, 1), "covers_from", "2024-02-29"), ""},
		{says(residence("other-id", good, 1), "delivery_id", "another"), schemas.ManifestInvalid},
		{says(residence("Capitals", good, 1), "delivery_id", "Capitals"), schemas.ManifestInvalid},
		{says(residence("other-supplier", good, 1), "supplier", "coa"), schemas.ManifestInvalid},
		{says(residence("no-codes", good, 1), "municipality_codes", []string{}), schemas.ManifestInvalid},
		{says(residence("unknown-code", good, 1), "municipality_codes", []string{"0014", "9999"}), schemas.ManifestInvalid},
		{says(permits("coa-codes", goodPermit, 1, ""), "municipality_codes", []string{"0014"}), schemas.ManifestInvalid},
		{says(residence("exponent", good, 1), "key_version", 1e21), schemas.ManifestInvalid},
		{ofFile(residence("a-path", good, 1), "name", "../r.csv"), schemas.ManifestInvalid},
		{ofFile(residence("not-its-format", good, 1), "format", "jsonl"), schemas.ManifestInvalid},
		{twoFiles("one-name", func(*connectortest.File) {}, func(f *connectortest.File) { f.Name = "p.jsonl" }), schemas.ManifestInvalid},
		{with(permits("control-column", goodPermit, 1, ""), func(d *connectortest.Delivery) { d.Files[0].Control = [2]string{"geslacht", "0"} }), schemas.ManifestInvalid},
		{with(permits("control-field", goodPermit, 1, ""), func(d *connectortest.Delivery) { d.Files[0].Control = [2]string{"birth_year", "1990"} }), schemas.ManifestInvalid},
		{says(residence("contract", good, 1), "contract_version", "1.1"), schemas.ContractVersionUnknown},
		{says(residence("key", good, 1), "key_version", 2), schemas.KeyVersionUnknown},
		{ofFile(residence("no-record", good, 1), "record", "municipality_dogs"), schemas.RecordUnknown},
		{ofFile(residence("not-its-record", good, 1), "record", "coa_stay"), schemas.RecordUnknown},

		{with(residence("missing", good, 1), func(d *connectortest.Delivery) { d.Files[0].Leave = true }), schemas.FileMissing},
		{ofFile(residence("size", good, 1), "bytes", len(good)-1), schemas.SizeMismatch},
		{ofFile(residence("hash", good, 1), "sha256", strings.Repeat("0", 64)), schemas.HashMismatch},

		{gz("gzip", broken), ""},
		{gz("gzip-members", append(connectortest.Gzip([]byte(csvHeader)), connectortest.Gzip([]byte(good[len(csvHeader):]))...)), ""},
		{gz("gzip-cut", broken[:len(broken)-5]), schemas.UnreadableFile},
		{gz("gzip-rubbish", append(append([]byte{}, broken...), "rubbish, and more of it"...)), schemas.UnreadableFile},
		{gz("gzip-zeros", append(append([]byte{}, broken...), 0, 0, 0)), schemas.UnreadableFile},
		{gz("gzip-empty", nil), schemas.UnreadableFile},
		{gz("gzip-none", []byte(good)), schemas.UnreadableFile},
		{cutWages, schemas.UnreadableFile},
		{holedWages, schemas.UnreadableFile},
		{with(wages(t, "parquet-empty", 0), func(d *connectortest.Delivery) { d.Files[0].Data = nil }), schemas.UnreadableFile},
		{with(wages(t, "parquet-none", 0), func(d *connectortest.Delivery) { d.Files[0].Data = []byte("PAR1 is not enough for PAR1") }), schemas.UnreadableFile},
		{residence("csv-open", good+"\"b;"+pseudonym+"\n", 1), schemas.UnreadableFile},
		{residence("csv-bare", good+"b\"c;"+pseudonym+";0014;01-02-2023;;;\n", 2), schemas.UnreadableFile},
		{residence("csv-behind", good+"\"b\" ;"+pseudonym+";0014;01-02-2023;;;\n", 2), schemas.UnreadableFile},
		{residence("csv-no-column-and-open", "recordnummer\n\"", 1), schemas.UnreadableFile},
		{duo("no-page", []byte(`[]`)), schemas.UnreadableFile},
		{duo("page-cut", []byte(`{"items":[],"total":0`)), schemas.UnreadableFile},
		{duo("page-behind", append(page(0, ""), '1')), schemas.UnreadableFile},
		{duo("page-no-next", []byte(`{"items":[],"total":0}`)), schemas.UnreadableFile},
		{duo("page-total-text", []byte(`{"items":[],"total":"0","next":null}`)), schemas.UnreadableFile},
		{duo("page-twice", []byte(`{"items":[],"total":0,"total":0,"next":null}`)), schemas.UnreadableFile},
		{duo("page-bom", append([]byte("\xef\xbb\xbf"), page(0, "")...)), schemas.UnreadableFile},
		{duo("page-latin", page(1, `{"recordnummer":"a","x":"`+"\xe9"+`"}`)), schemas.UnreadableFile},
		{duo("page-item-broken", page(1, `{"recordnummer":"a",}`)), schemas.UnreadableFile},
		{duo("page-other-order", []byte(`{"next":"c","extra":{"a":[1]},"total":1,"items":[`+exams(1, 0)+`]}`)), ""},

		{residence("no-header", "", 0), schemas.ColumnMissing},
		{residence("column", strings.Replace(good, "vestigingsdatum", "vestiging", 1), 1), schemas.ColumnMissing},
		{residence("column-twice", strings.Replace(good, "vertrekreden", "GEMEENTECODE", 1), 1), schemas.ColumnMissing},
		{residence("optional-column", "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum\na;"+pseudonym+";0014;01-02-2023\n", 1), ""},
		{residence("no-pseudonyms", "recordnummer;gemeentecode;vestigingsdatum\n", 0), schemas.ColumnMissing},
		{with(residence("no-operation", "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum\n", 0), func(d *connectortest.Delivery) { d.Mode = "mutation" }), schemas.ColumnMissing},

		{residence("rows-more", good, 2), schemas.RowCountMismatch},
		{residence("rows-fewer", good, 0), schemas.RowCountMismatch},
		{with(wages(t, "rows-parquet", 300), func(d *connectortest.Delivery) { d.Files[0].Rows = 299 }), schemas.RowCountMismatch},
		{duo("pages-short", page(4, exams(2, 0)), page(4, exams(1, 0))), schemas.RowCountMismatch},
		{duo("pages-differ", page(3, exams(2, 0)), page(4, exams(1, 0))), schemas.RowCountMismatch},
		{permits("control", goodPermit, 1, "1991"), schemas.ControlTotalMismatch},
		{permits("control-absent", goodPermit+permit("b", "null"), 2, "1990"), ""},
		{permits("control-quarantined", goodPermit+permit("b", "3000"), 2, "4990"), ""},
		{permits("control-big", goodPermit+permit("b", "9223372036854775807")+permit("c", "9223372036854775807"), 3, "18446744073709553604"), ""},
		{permits("control-zeros", goodPermit, 1, "0001990"), ""},

		{duo("ten-bad", page(100, exams(90, 10))), ""},
		{duo("eleven-bad", page(100, exams(89, 11))), schemas.QuarantineOverLimit},
		{duo("two-percent", page(550, exams(539, 11))), ""},
		{duo("over-two-percent", page(549, exams(538, 11))), schemas.QuarantineOverLimit},

		{twoFiles("first-file-first", miscounted, gone), schemas.RowCountMismatch},
		{twoFiles("then-the-second", func(*connectortest.File) {}, gone), schemas.FileMissing},
	} {
		c.d.Write(t, h.Landing)
		want[c.d.Supplier+"/"+c.d.ID] = c.reason
	}
	closed := h.MustRead()
	if len(closed) != len(want) {
		t.Errorf("%d deliveries closed, %d delivered", len(closed), len(want))
	}
	for _, c := range closed {
		t.Run(c.DeliveryID, func(t *testing.T) {
			if w := want[c.Supplier+"/"+c.DeliveryID]; c.Reason != w {
				t.Errorf("reason %q (%s), want %q", c.Reason, c.Detail, w)
			}
			if c.Reason != "" && c.Detail == "" {
				t.Error("no word on what is wrong")
			}
			for _, r := range c.Records {
				if c.Reason != "" && r.RowsAccepted != 0 {
					t.Error("rows of a refused delivery are accepted")
				}
			}
			if c.DeliveryID == "control-quarantined" && (c.Files[0].ControlField != "birth_year" || c.Files[0].ControlAccepted != "1990") {
				t.Errorf("what was accepted adds up to %s of %q, want 1990 of birth_year", c.Files[0].ControlAccepted, c.Files[0].ControlField)
			}
			if strings.Contains(c.Detail, pseudonym) {
				t.Error("a value in the detail")
			}
		})
	}
}

// TestKnownDeliveries: the same manifest again is a no-op; another one of an id
// that was accepted is refused, before anything else is looked at.
func TestKnownDeliveries(t *testing.T) {
	h := connectortest.New(t)
	good := csvHeader + "a;" + pseudonym + ";0014;01-02-2023;;;\n"
	residence("a", good, 1).Write(t, h.Landing)
	first := h.MustRead()
	if len(first) != 1 || first[0].Reason != "" {
		t.Fatalf("%+v", first)
	}
	h.Known.Decide("municipality", "a", first[0].ManifestSHA256, true)
	if again := h.MustRead(); len(again) != 0 {
		t.Errorf("the same manifest was read again: %+v", again)
	}
	with(residence("a", good, 1), func(d *connectortest.Delivery) { d.Raw = []byte("not even JSON") }).Write(t, h.Landing)
	if reused := h.MustRead(); len(reused) != 1 || reused[0].Reason != schemas.DeliveryIDReused {
		t.Errorf("%+v", reused)
	}

	residence("b", good, 2).Write(t, h.Landing)
	refused := h.MustRead()
	if len(refused) != 2 || refused[1].Reason != schemas.RowCountMismatch {
		t.Fatalf("%+v", refused)
	}
	h.Known.Decide("municipality", "b", refused[1].ManifestSHA256, false)
	residence("b", good, 1).Write(t, h.Landing)
	if second := h.MustRead(); len(second) != 2 || second[1].Reason != "" {
		t.Errorf("a refused delivery may come again under its id: %+v", second)
	}
}

// TestFolders: what is not a delivery is left alone, and nothing outside is read.
func TestFolders(t *testing.T) {
	h := connectortest.New(t)
	outside := t.TempDir()
	good := csvHeader + "a;" + pseudonym + ";0014;01-02-2023;;;\n"
	residence("away", good, 1).Write(t, outside)
	connectortest.WriteFile(t, filepath.Join(outside, "r.csv"), []byte(good))
	for _, dir := range []string{"municipality/not-ready", "unknown/x", "municipality/manifest-folder/manifest.json"} {
		if err := os.MkdirAll(filepath.Join(h.Landing, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	link := func(to, name string) {
		t.Helper()
		if err := os.Symlink(to, filepath.Join(h.Landing, "municipality", name)); err != nil {
			t.Fatal(err)
		}
	}
	link(filepath.Join(outside, "municipality", "away"), "linked")
	link("circle", "circle")
	connectortest.WriteFile(t, filepath.Join(h.Landing, "municipality", "a-file"), []byte("x"))

	residence("linked-file", good, 1).Write(t, h.Landing)
	linked := filepath.Join(h.Landing, "municipality", "linked-file", "r.csv")
	if err := os.Remove(linked); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "r.csv"), linked); err != nil {
		t.Fatal(err)
	}
	with(residence("folder-for-file", good, 1), func(d *connectortest.Delivery) { d.Files[0].Leave = true }).Write(t, h.Landing)
	if err := os.Mkdir(filepath.Join(h.Landing, "municipality", "folder-for-file", "r.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	got := map[string]schemas.Reason{}
	for _, c := range h.MustRead() {
		got[c.DeliveryID] = c.Reason
	}
	if len(got) != 2 || got["linked-file"] != schemas.FileMissing || got["folder-for-file"] != schemas.FileMissing {
		t.Errorf("%v", got)
	}
}

// TestOrder: deliveries are closed by (drawn_on, id), those that do not tell first.
func TestOrder(t *testing.T) {
	h := connectortest.New(t)
	empty := csvHeader
	for _, d := range []connectortest.Delivery{
		with(residence("a", empty, 0), func(d *connectortest.Delivery) { d.DrawnOn = "2024-03-02" }),
		with(residence("b", empty, 0), func(d *connectortest.Delivery) { d.DrawnOn = "2024-03-01" }),
		with(permits("a0", "", 0, ""), func(d *connectortest.Delivery) { d.DrawnOn = "2024-03-01" }),
		with(residence("z", empty, 0), func(d *connectortest.Delivery) { d.Raw = []byte("?") }),
	} {
		d.Write(t, h.Landing)
	}
	var got []string
	for _, c := range h.MustRead() {
		got = append(got, c.DeliveryID)
	}
	if strings.Join(got, " ") != "z a0 b a" {
		t.Errorf("%v", got)
	}
	if n := len(h.Messages(schemas.ControlTopic)); n != 8 {
		t.Errorf("%d control messages of four deliveries", n)
	}
}
