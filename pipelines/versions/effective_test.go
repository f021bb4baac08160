package versions

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

func TestMain(m *testing.M) { clickhousetest.Main(m) }

// cases are rows of records, which of them are effective, and why the others are not: contract section 1, Versions, and
// DOMAIN section 2, step 4. A row is "record id load.file.row", with V before it for a deletion, the municipality or
// income relation and period behind it. Of every supplier load a is full, b is full again (of municipalities for 0363
// alone, of COA without coa_placement), c and d are mutations.
var cases = map[string]struct{ rows, effective, lost string }{
	"one version": {"coa_stay a b.0.1", "b.0.1", ""},
	"a newer delivery wins, then the file, then the row": {
		"coa_stay a b.9.9, coa_stay a c.0.9, coa_stay a c.1.1, coa_stay a c.1.2, coa_stay a c.1.10", "c.1.10",
		"b.9.9 an older version by c.1.10, c.0.9 an older version by c.1.10, c.1.1 an older version by c.1.10, c.1.2 an older version by c.1.10"},
	"the file comes before the row": {"coa_stay a c.0.9, coa_stay a c.1.1", "c.1.1", "c.0.9 an older version by c.1.1"},
	"a deletion takes all":          {"coa_stay a b.0.1, V coa_stay a c.0.1", "", "b.0.1 deleted (V) by c.0.1"},
	"added again":                   {"coa_stay a b.0.1, V coa_stay a c.0.1, coa_stay a d.0.1", "d.0.1", "b.0.1 an older version by d.0.1, c.0.1 an older version by d.0.1"},
	"a deletion of nothing":         {"V coa_stay a c.0.1", "", ""},
	"a full delivery":               {"coa_stay a a.0.1, coa_stay b b.0.1", "b.0.1", "a.0.1 replaced by a later full delivery"},
	"a record that the full delivery does not name stays": {"coa_placement a a.0.1", "a.0.1", ""},
	"ids of other records":                                {"coa_stay a b.0.1, coa_permit a c.0.1", "b.0.1, c.0.1", ""},
	"other rows of a record":                              {"duo_exam a c.0.2, duo_exam b c.0.1", "c.0.1, c.0.2", ""},
	"a full delivery of one municipality leaves the rows of another": {
		"municipality_residence a a.0.1 0344, municipality_residence a a.0.2 0363", "a.0.1", "a.0.2 replaced by a later full delivery"},
	"the record of another municipality is another record": {
		"municipality_residence a a.0.1 0344, municipality_residence a b.0.1 0363, municipality_residence a c.0.1 0363", "a.0.1, c.0.1", "b.0.1 an older version by c.0.1"},
	"versions of the record of each municipality": {
		"municipality_residence a a.0.1 0344, municipality_residence a b.0.1 0363, municipality_residence a c.0.1 0344, municipality_residence a d.0.1 0363",
		"c.0.1, d.0.1", "a.0.1 an older version by c.0.1, b.0.1 an older version by d.0.1"},
	"a deletion is of the record of one municipality": {
		"municipality_residence a a.0.1 0344, municipality_residence a b.0.1 0363, V municipality_residence a c.0.1 0344", "b.0.1", "a.0.1 deleted (V) by c.0.1"},
	"a correction of a wage": {
		"uwv_employment a b.0.1 i/2024-01, uwv_employment b c.0.1 i/2024-01, uwv_employment c b.0.2 i/2024-02", "b.0.2, c.0.1", "b.0.1 corrected by c.0.1"},
	"another income relation is no correction": {"uwv_employment a b.0.1 i/2024-01, uwv_employment b c.0.1 j/2024-01", "b.0.1, c.0.1", ""},
	"a deleted correction corrects nothing": {
		"uwv_employment a b.0.1 i/2024-01, uwv_employment b c.0.1 i/2024-01, V uwv_employment b d.0.1 i/2024-01", "b.0.1", "c.0.1 deleted (V) by d.0.1"},
	"a version that names another period corrects the old one no more": {
		"uwv_employment a b.0.1 i/2024-01, uwv_employment b c.0.1 i/2024-01, uwv_employment b d.0.1 i/2024-02", "b.0.1, d.0.1", "c.0.1 an older version by d.0.1"},
}

// testRow is a row of a case.
type testRow struct {
	*Version
	name     string // of the case
	place    string // as the case writes it
	relation string // the municipality, or the income relation and month
}

// letters are the loads of a supplier in their order; ids are in another, as hashes are.
const letters = "abcd"

func loadOf(supplier string, letter byte) uint64 {
	return uint64(100*(1+slices.Index([]string{"coa", "municipality", "uwv", "duo", "idw"}, supplier)) + 9 - strings.IndexByte(letters, letter))
}

func testScope() *Scope {
	var loads []Load
	records := make(map[string][]string)
	for _, r := range schemas.Records {
		records[r.Supplier] = append(records[r.Supplier], r.Name)
	}
	for supplier, names := range records {
		for i := range letters {
			l := Load{ID: loadOf(supplier, letters[i]), Supplier: supplier, DeliveryID: "x", DrawnOn: day(fmt.Sprintf("2024-0%d-01", i+1)), Full: i < 2, Records: names}
			if supplier == "municipality" {
				l.Municipalities = []string{"0344", "0363"}
				if i == 1 {
					l.Municipalities = []string{"0363"}
				}
			}
			if supplier == "coa" && i == 1 {
				l.Records = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "coa_placement" })
			}
			loads = append(loads, l)
		}
	}
	return NewScope(loads, day("2024-12-31"))
}

// parse reads the rows of a case. Ids and income relations get the name of the case, so that cases do not meet.
func parse(t *testing.T, name, rows string, scope *Scope) (list []testRow) {
	t.Helper()
	for text := range strings.SplitSeq(rows, ", ") {
		v := &Version{B: schemas.Pseudonym{Valid: true}}
		text, v.Deletes = strings.CutPrefix(text, "V ")
		words := strings.Fields(text)
		v.Record, v.ID = schemas.RecordOf(words[0]), name+" "+words[1]
		r := testRow{Version: v, name: name, place: words[2]}
		var letter byte
		if _, err := fmt.Sscanf(words[2], "%c.%d.%d", &letter, &v.Place.File, &v.Place.Row); err != nil {
			t.Fatal(err)
		}
		v.Place.Load = loadOf(v.Record.Supplier, letter)
		v.Rank = slices.IndexFunc(scope.Loads, func(l Load) bool { return l.ID == v.Place.Load })
		if len(words) > 3 && v.Record.Municipal() {
			v.Municipality = (&Load{Municipalities: words[3:]}).Codes(v.Record.Name)[0]
			r.relation = words[3]
		} else if len(words) > 3 {
			v.Period, r.relation = name+words[3], words[3]
		}
		list = append(list, r)
	}
	return list
}

// TestResolve gives the rows to Resolve, the last one first.
func TestResolve(t *testing.T) {
	scope := testScope()
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			places := make(map[*Version]string)
			var rows []*Version
			for _, r := range parse(t, name, c.rows, scope) {
				rows = append(rows, r.Version)
				places[r.Version] = r.place
			}
			slices.Reverse(rows)
			effective, lost := Resolve(rows, scope)
			var got []string
			for _, v := range effective {
				got = append(got, places[v])
			}
			slices.Sort(got)
			if have := strings.Join(got, ", "); have != c.effective {
				t.Errorf("%s is effective, want %s", have, c.effective)
			}
			if have := losses(lost, places); have != c.lost {
				t.Errorf("lost:\n%s\nwant\n%s", have, c.lost)
			}
		})
	}
}

func losses(lost []Loss, places map[*Version]string) string {
	slices.SortFunc(lost, func(a, b Loss) int { return CompareVersions(a.Version, b.Version) })
	var parts []string
	for _, l := range lost {
		why, _, _ := strings.Cut(string(l.Why), ":")
		if l.By != nil {
			why += " by " + places[l.By]
		}
		parts = append(parts, places[l.Version]+" "+why)
	}
	return strings.Join(parts, ", ")
}

// TestSelection gives the same rows to ClickHouse, all cases at once, and resolves first the contested keys alone, then all rows, and those in
// one pass too: in several, rows that are not told apart may come into different ones.
func TestSelection(t *testing.T) {
	db, scope := enginetest.Warehouse(t), testScope()
	rows := make(map[string][]testRow)
	for i, name := range slices.Sorted(maps.Keys(cases)) {
		rows[name] = parse(t, name, cases[name].rows, scope)
		for _, r := range rows[name] {
			r.Place.Row = 1000*r.Place.Row + uint64(i) // cases do not meet, and rows still go by number, not by text
			store(t, db, r)
		}
	}
	store(t, db, rows["one version"][0]) // once more, as after a crash
	for n, how := range []struct {
		passes uint64
		all    bool
	}{{3, false}, {5, true}, {1, true}} {
		s := selecting{db: db, tables: fmt.Sprintf("work.b%d_", n+1), passes: how.passes, all: how.all}
		s.writeScope(t, scope)
		effective := s.effective(t)
		for name, c := range cases {
			var got []string
			for _, r := range rows[name] {
				if effective[r.Place] == r.Record.Name {
					got = append(got, r.place)
				}
			}
			slices.Sort(got)
			if have := strings.Join(got, ", "); have != c.effective {
				t.Errorf("%s (%+v): %s is effective, want %s", name, how, have, c.effective)
			}
		}
	}
}

// store writes a row to its raw table, with pseudonyms that no other row has.
func store(t *testing.T, db *warehouse.DB, r testRow) {
	t.Helper()
	operation := "T"
	if r.Deletes {
		operation = "V"
	}
	columns := "load_id, file_no, row_no, record_id, operation, pseudonym_v, pseudonym_b"
	values := fmt.Sprintf("%d, %d, %d, '%s', '%s', 'v%[1]d.%[3]d', 'b%[1]d.%[3]d'", r.Place.Load, r.Place.File, r.Place.Row, r.ID, operation)
	if r.Record.Municipal() {
		columns, values = columns+", municipality_code", values+", '"+r.relation+"'"
	} else if relation, month, ok := strings.Cut(r.relation, "/"); ok {
		columns, values = columns+", ikv_id, period_start", values+fmt.Sprintf(", '%s %s', '%s-01'", r.name, relation, month)
	}
	exec(t, db, "INSERT INTO raw."+r.Record.Name+" ("+columns+") VALUES ("+values+")")
}

func exec(t *testing.T, db *warehouse.DB, statement string) {
	t.Helper()
	if err := db.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// selecting runs the statements of selections as a build does.
type selecting struct {
	db     *warehouse.DB
	tables string
	passes uint64
	all    bool
}

func (s selecting) writeScope(t *testing.T, scope *Scope) {
	t.Helper()
	for _, ddl := range ScopeTables(s.tables) {
		exec(t, s.db, ddl)
	}
	for rank, l := range scope.Loads {
		exec(t, s.db, fmt.Sprintf("INSERT INTO %sload VALUES (%d, %d)", s.tables, l.ID, rank))
	}
	for record, sources := range scope.Sources {
		for _, src := range sources {
			exec(t, s.db, fmt.Sprintf("INSERT INTO %sscope VALUES ('%s', %d, %d)", s.tables, record, src.Load, src.Municipality))
		}
	}
}

// effective gives the record of every place whose row is effective.
func (s selecting) effective(t *testing.T) map[Place]string {
	t.Helper()
	found := make(map[Place]string)
	for _, name := range []string{"coa_stay", "coa_permit", "coa_placement", "duo_exam", "municipality_residence", "uwv_employment"} {
		r := schemas.RecordOf(name)
		selection := Selection{Record: r, Tables: s.tables, Columns: []Column{
			{Name: "load_id", Type: "UInt64", Expr: "load_id"}, {Name: "file", Type: "UInt32", Expr: "file_no"}, {Name: "row", Type: "UInt64", Expr: "row_no"}}}
		for _, name := range r.CorrectedBy {
			selection.Columns = append(selection.Columns, Column{Name: name, Type: "String", Expr: "toString(" + name + ")"})
		}
		s.resolve(t, &selection)
		for _, query := range selection.Effective() {
			s.read(t, query, r.Name, found)
		}
	}
	return found
}

func (s selecting) resolve(t *testing.T, selection *Selection) {
	t.Helper()
	s.inPasses(t, selection.CreateContested(OfRecord), func(p Part) string { return selection.FindContested(OfRecord, p) })
	selection.Contested = Contested{Keys: true, All: s.all}
	if selection.Corrected() {
		s.inPasses(t, selection.CreateContested(OfPeriod), func(p Part) string { return selection.FindContested(OfPeriod, p) })
		selection.Contested.Periods = true
	}
	s.inPasses(t, selection.CreateVersions(), selection.KeepNewest)
	if selection.Corrected() {
		s.inPasses(t, selection.CreatePeriods(), selection.KeepNewestOfPeriod)
	}
}

func (s selecting) inPasses(t *testing.T, create string, fill func(Part) string) {
	t.Helper()
	exec(t, s.db, create)
	for pass := range s.passes {
		exec(t, s.db, fill(Part{No: pass, Of: s.passes}))
	}
}

func (s selecting) read(t *testing.T, query, record string, found map[Place]string) {
	t.Helper()
	rows, err := s.db.Query(t.Context(), "SELECT work_load_id, work_file, work_row FROM ("+query+")")
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Place
		if err := rows.Scan(&p.Load, &p.File, &p.Row); err != nil {
			t.Fatal(err)
		}
		if found[p] != "" {
			t.Errorf("row %+v of %s is selected twice", p, record)
		}
		found[p] = record
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
