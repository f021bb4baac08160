package versions

import (
	"testing"

	"doorstroom/pipelines/sqlfile/golden"
	"doorstroom/schemas"
)

// TestSQL renders the statements of a record of each kind: one that only its id tells apart, one of municipalities, and
// one that others correct.
func TestSQL(t *testing.T) {
	for _, name := range []string{"coa_stay", "municipality_residence", "uwv_employment"} {
		r := schemas.RecordOf(name)
		s := Selection{Record: r, Tables: "work.b7_", Columns: []Column{{Name: "start", Type: "Int32", Expr: "ifNull(toInt32(`start`), 0)"}, {Name: "n", Type: "String", Expr: "`n`"}}}
		t.Run(name, func(t *testing.T) {
			golden.Check(t, name, statements(&s))
			golden.Check(t, name+".rows_about", (&RowsAbout{Record: r, OfLoads: true}).Query())
		})
	}
	golden.Check(t, "rows_about_of_all_loads", (&RowsAbout{Record: schemas.RecordOf("uwv_employment"), Also: "sipHash64(1)"}).Query())
}

// statements are all of one record, with contested keys.
func statements(s *Selection) string {
	texts := []string{s.CountInScope(), s.CreateContested(OfRecord), s.FindContested(OfRecord, Part{1, 3})}
	s.Contested.Keys = true
	if s.Corrected() {
		texts = append(texts, s.CreateContested(OfPeriod), s.FindContested(OfPeriod, Part{1, 3}))
		s.Contested.Periods = true
	}
	texts = append(texts, s.CreateVersions(), s.KeepNewest(Part{0, 2}))
	if s.Corrected() {
		texts = append(texts, s.CreatePeriods(), s.KeepNewestOfPeriod(Part{1, 2}))
	}
	texts = append(texts, s.Effective()...)
	all := ""
	for i, text := range append(texts, ScopeTables(s.Tables)...) {
		if i > 0 {
			all += ";\n\n"
		}
		all += text
	}
	return all
}

// TestWhichRowsAreResolved: without contested keys every row is effective as it is, and none when all are resolved.
func TestWhichRowsAreResolved(t *testing.T) {
	for _, c := range []struct {
		contested Contested
		want      int
	}{{Contested{}, 1}, {Contested{Keys: true}, 2}, {Contested{Periods: true}, 2}, {Contested{Keys: true, All: true}, 1}} {
		s := Selection{Record: schemas.RecordOf("uwv_employment"), Columns: []Column{{Name: "n", Expr: "n"}}, Contested: c.contested}
		if got := len(s.Effective()); got != c.want {
			t.Errorf("%+v: %d SELECTs, want %d", c.contested, got, c.want)
		}
	}
}
