package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
)

// csvOffers are files of municipalities that cannot be read or lack a column.
func csvOffers(t *testing.T) []offer {
	header := "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum\n"
	row := func(kind byte) string { return "SENTINEL-1;" + pseudonym(kind, 3000) + ";0363;01-02-2024\n" }
	with := func(id, want, mode, text string, rows int) offer {
		return offer{want: want, landed: landed{supplier: "municipality", id: id, mode: mode, codes: []string{"0363"},
			files: []dataFile{{name: "residence.csv", record: "municipality_residence", format: "csv", content: []byte(text), rows: rows}}}}
	}
	full := func(id, want, text string, absent ...string) offer {
		o := with(id, want, "full", text, 1)
		o.files[0].absent = append([]string{}, absent...)
		return o
	}
	bad, good := row(kindRefused), row(kindGood)
	return []offer{
		with("csv-header-only", "", "full", header, 0),
		with("csv-quoted-header", "", "full", `"RecordNummer";"pseudoniem_v";"gemeentecode";"vestigingsdatum"`+"\n"+good, 1),
		with("csv-one-pseudonym", "", "full", "recordnummer;pseudoniem_b;gemeentecode;vestigingsdatum\n"+good, 1),
		with("csv-open-quote", "unreadable_file", "full", header+bad+`"SENTINEL-2;`+"\n"+bad, 3),
		with("csv-open-quote-at-end", "unreadable_file", "full", header+bad+`SENTINEL-2;`+pseudonym(kindRefused, 1)+`;0363;"01-02-2024`, 2),
		with("csv-bare-quote", "unreadable_file", "full", header+`SENTINEL"2;`+pseudonym(kindRefused, 1)+";0363;01-02-2024\n", 1),
		with("csv-blank-before-quote", "unreadable_file", "full", header+` "SENTINEL-2";`+pseudonym(kindRefused, 1)+";0363;01-02-2024\n", 1),
		with("csv-text-behind-quote", "unreadable_file", "full", header+`"SENTINEL-2"x;`+pseudonym(kindRefused, 1)+";0363;01-02-2024\n", 1),
		with("csv-blank-behind-quote", "unreadable_file", "full", header+`"SENTINEL-2" ;`+pseudonym(kindRefused, 1)+";0363;01-02-2024\n", 1),
		with("csv-empty", "column_missing", "full", "", 0),
		with("csv-blank-lines", "column_missing", "full", "\n \n\n", 0),
		with("csv-no-header", "column_missing", "full", bad+bad, 1),
		with("csv-no-date", "column_missing", "full", "recordnummer;pseudoniem_v;gemeentecode\nSENTINEL-1;"+pseudonym(kindRefused, 1)+";0363\n", 1),
		with("csv-no-id", "column_missing", "full", "pseudoniem_v;gemeentecode;vestigingsdatum\n"+pseudonym(kindRefused, 1)+";0363;01-02-2024\n", 1),
		with("csv-no-pseudonym", "column_missing", "full", "recordnummer;gemeentecode;vestigingsdatum\nSENTINEL-1;0363;01-02-2024\n", 1),
		with("csv-column-twice", "column_missing", "full", "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum;vestigingsdatum\n", 0),
		with("csv-column-twice-other-case", "column_missing", "full", "recordnummer;pseudoniem_v;gemeentecode;vestigingsdatum;GEMEENTECODE\n", 0),
		with("csv-unknown-column-twice", "", "full", "recordnummer;x;pseudoniem_v;gemeentecode;vestigingsdatum;x\n", 0),
		with("csv-commas", "column_missing", "full", "recordnummer,pseudoniem_v,gemeentecode,vestigingsdatum\n", 0),
		with("csv-no-operation", "column_missing", "mutation", header+bad, 1),
		full("csv-optional-not-named", "column_missing", header+bad),
		full("csv-optional-not-all-named", "column_missing", header+bad, "vertrekdatum", "vertrekreden"),
		full("csv-optional-all-named", "", header+good, "vertrekdatum", "vertrekreden", "inschrijfdatum_brp"),
		full("csv-absent-spelled-otherwise", "manifest_invalid", header+bad, "Vertrekdatum", "vertrekreden", "inschrijfdatum_brp"),
		full("csv-absent-is-required", "manifest_invalid", header+bad, "vestigingsdatum"),
		full("csv-absent-is-operation", "manifest_invalid", header+bad, "mutatie"),
		full("csv-absent-is-pseudonym", "manifest_invalid", header+bad, "pseudoniem_b"),
		full("csv-absent-is-there", "", strings.Replace(header, "\n", ";vertrekdatum;vertrekreden;inschrijfdatum_brp\n", 1)+strings.Replace(good, "\n", ";;;01-02-2024\n", 1), "inschrijfdatum_brp"),
		with("csv-no-operation-in-full", "", "full", header+good, 1),
		{want: "unreadable_file", landed: landed{supplier: "municipality", id: "csv-gz-none", codes: []string{"0363"},
			files: []dataFile{{name: "residence.csv.gz", record: "municipality_residence", format: "csv.gz", content: []byte(header + bad), rows: 1}}}},
		{landed: landed{supplier: "municipality", id: "csv-gz", codes: []string{"0363"},
			files: []dataFile{{name: "residence.csv.gz", record: "municipality_residence", format: "csv.gz", content: gzipped(t, header, good), rows: 1}}}},
	}
}

// parquetOffers are files of UWV that cannot be read or lack a column.
func parquetOffers(t *testing.T) []offer {
	with := func(id, want, mode string, content []byte) offer {
		return offer{want: want, landed: landed{supplier: "uwv", id: id, mode: mode, files: []dataFile{{name: "wages.parquet", record: "uwv_employment", format: "parquet", content: content, rows: 20}}}}
	}
	typed := func(kind byte, name, column, value string) []byte {
		return wages(t, kind, retyped(wageColumns, map[string]string{name: column}), fields{name: value})
	}
	whole := wages(t, kindRefused, wageColumns, nil)
	return []offer{
		with("parquet-good", "", "full", wages(t, kindGood, wageColumns, nil)),
		with("parquet-no-optional-columns", "", "full", wages(t, kindGood, without("sector", "oproep", "contracturen_per_week", "reden_einde", "pseudoniem_b", "datum_eind_ikv"), nil)),
		with("parquet-cut-in-half", "unreadable_file", "full", whole[:len(whole)/2]),
		with("parquet-cut-at-the-end", "unreadable_file", "full", whole[:len(whole)-1]),
		with("parquet-beginning-lost", "unreadable_file", "full", whole[len(whole)/2:]),
		with("parquet-nothing", "unreadable_file", "full", []byte{}),
		with("parquet-magic-only", "unreadable_file", "full", []byte("PAR1PAR1")),
		with("parquet-is-csv", "unreadable_file", "full", []byte("recordnummer;pseudoniem_v\n")),
		with("parquet-page-damaged", "unreadable_file", "full", overwritten(whole, 4, 200)),
		with("parquet-footer-damaged", "unreadable_file", "full", overwritten(whole, len(whole)-200, 100)),
		with("parquet-length-damaged", "unreadable_file", "full", overwritten(whole, len(whole)-8, 4)),
		with("parquet-hours-as-int64", "", "full", typed(kindGood, "verloonde_uren", "int64", "160")),
		with("parquet-hours-as-text", "unreadable_file", "full", typed(kindRefused, "verloonde_uren", "text", "160")),
		with("parquet-hours-as-double", "", "full", typed(kindGood, "contracturen_per_week", "double", "36.5")),
		with("parquet-wage-as-double", "unreadable_file", "full", typed(kindRefused, "loon_sv", "double", "250000")),
		with("parquet-date-as-text", "", "full", typed(kindGood, "datum_begin_periode", "text", "2024-01-01")),
		with("parquet-date-as-int64", "unreadable_file", "full", typed(kindRefused, "datum_begin_periode", "int64", "19723")),
		with("parquet-id-as-number", "unreadable_file", "full", typed(kindRefused, "recordnummer", "int64", "1")),
		with("parquet-unknown-column-of-any-type", "", "full", typed(kindGood, "unknown", "double", "0.1")),
		with("parquet-no-wage", "column_missing", "full", wages(t, kindRefused, without("loon_sv"), nil)),
		with("parquet-no-pseudonym", "column_missing", "full", wages(t, kindRefused, without("pseudoniem_v", "pseudoniem_b"), nil)),
		with("parquet-no-operation", "column_missing", "mutation", whole),
	}
}

// wages is a file of 20 records in two row groups.
func wages(t *testing.T, kind byte, columns []parquetColumn, set fields) []byte {
	t.Helper()
	var records []fields
	for i := range 20 {
		r := wage()
		r["recordnummer"], r["pseudoniem_v"] = recordID(i), pseudonym(kind, 3100+i)
		maps.Copy(r, set)
		records = append(records, r)
	}
	return parquetFile(t, columns, records, &parquet.Zstd, 10)
}

// without gives the columns of wages less some.
func without(names ...string) (columns []parquetColumn) {
	for _, c := range wageColumns {
		if !slices.Contains(names, c.name) {
			columns = append(columns, c)
		}
	}
	return columns
}

// overwritten puts n bytes of rubbish at a place.
func overwritten(content []byte, at, n int) []byte {
	out := slices.Clone(content)
	for i := range n {
		out[at+i] = 0xff
	}
	return out
}

// pageOffers are pages of DUO.
func pageOffers() []offer {
	exam := func(kind byte, n int) fields {
		return fields{"recordnummer": `"` + recordID(n) + `"`, "pseudoniem_v": `"` + pseudonym(kind, 3200+n) + `"`, "examendatum": `"2024-01-01"`, "onderdeel": `"KNM"`, "resultaat": `"geslaagd"`}
	}
	pages := func(id, want string, rows int, contents ...string) offer {
		d := landed{supplier: "duo", id: id}
		for i, c := range contents {
			d.files = append(d.files, dataFile{name: fmt.Sprintf("exam-%d.json", i), record: "duo_exam", format: "json", content: []byte(c), rows: rows})
		}
		return offer{landed: d, want: want}
	}
	page := func(kind byte, n, total int) string { return string(jsonPage([]fields{exam(kind, n)}, total)) }
	item := jsonObject(exam(kindRefused, 1))
	return []offer{
		pages("pages-good", "", 1, page(kindGood, 1, 3), page(kindGood, 2, 3), page(kindGood, 3, 3)),
		pages("page-other-order", "", 1, `{"next":"c2","total":1,"items":[`+jsonObject(exam(kindGood, 4))+`]}`),
		pages("page-empty", "", 0, `{"items":[],"total":0,"next":null}`),
		pages("page-no-bytes", "unreadable_file", 0, ""),
		pages("page-no-json", "unreadable_file", 1, "sentinel"),
		pages("page-a-list", "unreadable_file", 1, "["+item+"]"),
		pages("page-broken-off", "unreadable_file", 1, `{"items":[`+item),
		pages("page-broken-item", "unreadable_file", 1, `{"items":[{"recordnummer":"SENTINEL-1"],"total":1,"next":null}`),
		pages("page-rubbish-behind", "unreadable_file", 1, page(kindRefused, 1, 1)+"sentinel"),
		pages("page-two", "unreadable_file", 1, page(kindRefused, 1, 1)+page(kindRefused, 1, 1)),
		pages("page-no-items", "unreadable_file", 0, `{"total":0,"next":null}`),
		pages("page-no-total", "unreadable_file", 1, `{"items":[`+item+`],"next":null}`),
		pages("page-items-object", "unreadable_file", 1, `{"items":{"a":`+item+`},"total":1,"next":null}`),
		pages("page-total-text", "unreadable_file", 1, `{"items":[`+item+`],"total":"1","next":null}`),
		pages("page-bom", "unreadable_file", 1, "\xef\xbb\xbf"+page(kindRefused, 1, 1)),
		pages("page-not-utf8", "unreadable_file", 1, `{"items":[`+item+`],"total":1,"next":"`+"\xff"+`"}`),
		pages("page-item-not-utf8", "unreadable_file", 1, `{"items":[{"recordnummer":"`+"\xff"+`"}],"total":1,"next":null}`),
		pages("page-key-twice", "unreadable_file", 1, `{"items":[`+item+`],"total":1,"total":1,"next":null}`),
		pages("page-items-twice", "unreadable_file", 1, `{"items":[],"items":[`+item+`],"total":1,"next":null}`),
		pages("page-count", "row_count_mismatch", 2, page(kindRefused, 1, 1)),
		pages("pages-short-of-total", "row_count_mismatch", 1, page(kindRefused, 1, 3), page(kindRefused, 2, 3)),
		pages("pages-over-total", "row_count_mismatch", 1, page(kindRefused, 1, 1), page(kindRefused, 2, 1)),
		pages("pages-other-totals", "row_count_mismatch", 1, page(kindRefused, 1, 2), page(kindRefused, 2, 3)),
	}
}
