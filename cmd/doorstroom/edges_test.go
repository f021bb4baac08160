package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/parquet-go/parquet-go"

	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// edgeDrawn is when the odd deliveries were drawn, behind all calm ones.
const edgeDrawn = "2026-06-30"

// TestOddRecordsStopNothing runs the whole way to the report over people at every edge of the contract, among calm ones:
// every record is accepted, every total and every test of the marts holds, and nothing of the calm ones changes.
func TestOddRecordsStopNothing(t *testing.T) {
	t.Parallel()
	for _, seed := range edgeSeeds {
		t.Run("seed "+strconv.FormatUint(seed, 10), func(t *testing.T) {
			u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
			u.run("synth", "--out", landing, "--persons", "60", "--seed", "1", "--as-of", edgeDrawn).exits(0)
			u.loads(landing)
			u.builds(edgeDrawn)
			calm := u.calmFacts()

			people := drawEdges(t, seed)
			people.deliver(t, landing, u.value("SELECT max(horizon) FROM ops.edition FINAL"))
			u.run("run", "--landing", landing, "--as-of", edgeDrawn).exits(0)
			u.reportIsWhole(edgeDrawn)
			if n := u.value("SELECT sum(rows_quarantined) FROM ops.delivery FINAL WHERE startsWith(delivery_id, 'odd')"); n != "0" {
				t.Errorf("%s odd records were put aside; the contract allows them all", n)
			}
			if got := u.calmFacts(); got != calm {
				t.Errorf("with odd people beside them the calm ones have\n%s\nand without them\n%s", got, calm)
			}

			// Wages that reach to the last day of the contract, so that everybody has a grid to the end of it.
			landed{supplier: "uwv", id: "odd-horizon", mode: "mutation", drawnOn: "2026-07-31", change: covering("2100-12-31"), files: []dataFile{
				{name: "none.parquet", record: "uwv_employment", format: "parquet", content: parquetFile(t, wageTypes(people.contract["uwv_employment"]), nil, &parquet.Snappy, 1)},
			}}.write(t, landing)
			u.run("run", "--landing", landing, "--as-of", "2100-12-31").exits(0)
			u.reportIsWhole("2100-12-31")
			if n := u.value("SELECT max(month) FROM facts.month_status"); n != "2100-12-01" {
				t.Errorf("the last month of the grids is %s, want 2100-12-01", n)
			}
		})
	}
}

// TestEditionsOfNobody builds an edition before the first delivery, and one of a single supplier without wages.
func TestEditionsOfNobody(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	people := drawEdges(t, 1)
	people.records = map[string][]fields{"idw_valuation": people.records["idw_valuation"]}
	people.deliver(t, landing, "2026-05-31")
	for edition, persons := range map[string]string{"1970-01-01": "0", "2026-06-30": ""} {
		u.run("run", "--landing", landing, "--as-of", edition).exits(0)
		u.reportIsWhole(edition)
		got := u.value("SELECT persons FROM marts.editions WHERE edition = '" + edition + "'")
		if persons != "" && got != persons || persons == "" && got == "0" {
			t.Errorf("edition %s has %s persons", edition, got)
		}
	}
}

func drawEdges(t *testing.T, seed uint64) *edgePeople {
	p := &edgePeople{edges: edges{Rand: rand.New(rand.NewPCG(seed, 7)), turns: map[string]int{}}, contract: contractFields(t), records: map[string][]fields{}}
	p.populate(edgePersons)
	return p
}

// calmFacts are rows and a hash of the facts of all but the odd people, per table.
func (u *user) calmFacts() string {
	u.t.Helper()
	query := ""
	for i, table := range schemas.FactTables {
		column := "toString(person_id)"
		if table.Name == "link_conflict" {
			column = "toString(pseudonym)"
		}
		if i > 0 {
			query += " UNION ALL "
		}
		query += "SELECT '" + table.Name + "' AS table, count(), sum(sipHash64(toJSONString(tuple(*)))) FROM facts." + table.Name +
			" WHERE edition = '" + edgeDrawn + "' AND position(" + column + ", 'sentinel') = 0"
	}
	return u.run("sql", "--format", "CSV", "SELECT * FROM ("+query+") ORDER BY table").exits(0).out
}

// noNumber is what a division by nothing or an overflow leaves on a page.
var noNumber = regexp.MustCompile(`(?i)\b(nan|inf|infinity|[0-9.]+e[+-][0-9]+)\b`)

// reportIsWhole writes the report in both languages and looks for numbers that are none.
func (u *user) reportIsWhole(edition string) {
	u.t.Helper()
	for _, lang := range []string{"nl", "en"} {
		out := filepath.Join(u.t.TempDir(), "report")
		u.run("report", "--edition", edition, "--out", out, "--lang", lang).exits(0)
		pages, err := filepath.Glob(filepath.Join(out, "*.html"))
		if err != nil || len(pages) != 1 {
			u.t.Fatalf("the report is %v (%v), want one page", pages, err)
		}
		page, err := os.ReadFile(pages[0])
		if err != nil {
			u.t.Fatal(err)
		}
		if at := noNumber.FindIndex(page); at != nil {
			u.t.Errorf("the report of %s in %s holds a number that is none: ...%s...", edition, lang, page[max(0, at[0]-60):min(len(page), at[1]+60)])
		}
	}
}

func covering(day string) func(map[string]any) {
	return func(manifest map[string]any) { manifest["covers_from"], manifest["covers_to"] = "1970-01-01", day }
}

// deliver hands over all records as a mutation per supplier.
func (p *edgePeople) deliver(t *testing.T, landing, horizon string) {
	t.Helper()
	for _, supplier := range schemas.Suppliers {
		d := landed{supplier: supplier, id: "odd-" + supplier, mode: "mutation", drawnOn: edgeDrawn, change: covering(horizon)}
		if supplier == "municipality" {
			reference.Municipalities.Each(func(_ schemas.Code, text string) { d.codes = append(d.codes, text) })
		}
		for _, record := range schemas.Records {
			if rows := p.records[record.Name]; record.Supplier == supplier && len(rows) > 0 {
				d.files = append(d.files, p.file(t, record.Name, supplier, rows))
			}
		}
		if len(d.files) > 0 {
			d.write(t, landing)
		}
	}
}

// file writes records in the format of their supplier.
func (p *edgePeople) file(t *testing.T, record, supplier string, rows []fields) dataFile {
	t.Helper()
	format := map[string]string{"coa": "jsonl", "municipality": "csv", "uwv": "parquet", "duo": "json", "idw": "json"}[supplier]
	f := dataFile{name: record + "." + format, record: record, format: format, rows: len(rows)}
	contract := p.contract[record]
	switch format {
	case "csv":
		var columns []string
		for _, c := range contract {
			columns = append(columns, c.column)
		}
		f.content = csvText(columns, rows)
	case "parquet":
		f.content = parquetFile(t, wageTypes(contract), rows, &parquet.Zstd, 1000)
	case "jsonl":
		f.content = jsonLines(quoted(contract, rows))
	case "json":
		f.content = jsonPage(quoted(contract, rows), len(rows))
	}
	return f
}

func wageTypes(contract []contractField) (columns []parquetColumn) {
	kinds := map[string]string{"date": "date", "int32": "int32", "int64": "int64", "hours": "decimal"}
	for _, c := range contract {
		kind, ok := kinds[c.kind]
		if !ok {
			kind = "text"
		}
		columns = append(columns, parquetColumn{c.column, kind})
	}
	return columns
}

// quoted gives the values as JSON.
func quoted(contract []contractField, rows []fields) (out []fields) {
	for _, row := range rows {
		f := fields{}
		for _, c := range contract {
			value := row[c.column]
			if value != "" && c.kind != "int32" && c.kind != "year" {
				value = strconv.Quote(value)
			}
			f[c.column] = value
		}
		out = append(out, f)
	}
	return out
}
