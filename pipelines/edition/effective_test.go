package edition_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/schemas"
)

// The deliveries of the world. Their load ids are in another order than their
// days and names, as hashes are.
var worldDeliveries = []delivery{
	{id: 90, supplier: "coa", name: "a", drawn: "2024-01-10", mode: "full", records: []string{"coa_stay", "coa_participation", "coa_placement"}},
	{id: 10, supplier: "coa", name: "b", drawn: "2024-02-10", mode: "mutation", records: []string{"coa_stay"}},
	{id: 80, supplier: "coa", name: "c", drawn: "2024-03-10", mode: "full", records: []string{"coa_stay", "coa_placement"}},
	{id: 70, supplier: "coa", name: "d", drawn: "2024-04-10", mode: "mutation", records: []string{"coa_stay", "coa_participation"}},
	{id: 20, supplier: "coa", name: "e", drawn: "2024-04-10", mode: "mutation", records: []string{"coa_stay"}},
	{id: 60, supplier: "coa", name: "b2", drawn: "2024-05-10", mode: "mutation", records: []string{"coa_stay"}},
	{id: 30, supplier: "coa", name: "f", drawn: "2024-06-30", mode: "mutation", records: []string{"coa_stay"}},
	{id: 40, supplier: "coa", name: "g", drawn: "2024-07-01", mode: "mutation", records: []string{"coa_stay"}},

	{id: 350, supplier: "duo", name: "a", drawn: "2024-02-01", mode: "full", records: []string{"duo_exam"}},
	{id: 360, supplier: "idw", name: "a", drawn: "2024-02-01", mode: "mutation", records: []string{"idw_valuation"}},

	{id: 190, supplier: "municipality", name: "a", drawn: "2024-01-05", mode: "full", codes: []string{"0344", "0363"}, records: []string{"municipality_residence", "municipality_bijstand"}},
	{id: 180, supplier: "municipality", name: "b", drawn: "2024-02-05", mode: "full", codes: []string{"0363"}, records: []string{"municipality_residence"}},
	{id: 110, supplier: "municipality", name: "c", drawn: "2024-03-05", mode: "mutation", codes: []string{"0014", "0363"}, records: []string{"municipality_residence"}},
	{id: 170, supplier: "municipality", name: "d", drawn: "2024-04-05", mode: "full", codes: []string{"0014", "0034"}, records: []string{"municipality_residence"}},

	{id: 290, supplier: "uwv", name: "a", drawn: "2024-01-31", mode: "full", covers: "2024-12-31", records: []string{"uwv_employment", "uwv_work_permit"}},
	{id: 210, supplier: "uwv", name: "b", drawn: "2024-03-15", mode: "full", covers: "2024-02-29", records: []string{"uwv_employment"}},
	{id: 280, supplier: "uwv", name: "c", drawn: "2024-04-15", mode: "mutation", covers: "2024-04-30", records: []string{"uwv_employment"}},
	{id: 220, supplier: "uwv", name: "d", drawn: "2024-05-15", mode: "mutation", covers: "2024-03-31", records: []string{"uwv_employment"}},
	{id: 270, supplier: "uwv", name: "e", drawn: "2024-05-20", mode: "mutation", covers: "2024-12-31", records: []string{"uwv_work_permit"}},
	{id: 230, supplier: "uwv", name: "g", drawn: "2024-07-01", mode: "mutation", covers: "2024-05-31", records: []string{"uwv_employment"}},
}

// worldRefused was refused. worldUndecided is an attempt at a delivery that another attempt was accepted of: the run that read
// it broke off between the books on its load and the decision.
var (
	worldRefused   = delivery{id: 50, supplier: "coa", name: "refused", drawn: "2024-05-01", mode: "full", records: []string{"coa_stay"}}
	worldUndecided = uint64(55)
)

// TestEffectiveRecords proves the rules of contract section 1, "Versions", and
// of DOMAIN section 2 and 3, in the edition of 2024-06-30.
func TestEffectiveRecords(t *testing.T) {
	w := newFilledWorld(t, effectiveCases)
	result, found := w.build(t, "2024-06-30")
	for _, c := range effectiveCases {
		t.Run(c.name, func(t *testing.T) { w.check(t, c, found) })
	}
	t.Run("the work horizon is the greatest covers_to of wages from the newest full delivery on", func(t *testing.T) {
		if day := result.Horizon.String(); day != "2024-04-30" {
			t.Errorf("the horizon is %s", day)
		}
		if day := result.GridEnd.String(); day != "2024-04-30" {
			t.Errorf("the grid ends on %s", day)
		}
	})
	t.Run("every record that holds is counted, with how it links", func(t *testing.T) { w.checkLinkage(t, result) })

	t.Run("made again of the same, it stands", func(t *testing.T) {
		again, _ := w.build(t, "2024-06-30")
		if again.Outcome != edition.Unchanged || again.Build != result.Build {
			t.Errorf("the edition was built again (outcome %d)", again.Outcome)
		}
	})
	for _, e := range otherEditions {
		t.Run("edition "+e.cutOff, func(t *testing.T) {
			result, found := w.build(t, e.cutOff)
			if day := result.Horizon.String(); day != e.horizon {
				t.Errorf("the horizon is %s", day)
			}
			for _, c := range e.cases {
				w.check(t, c, found)
			}
		})
	}
	t.Run("a delivery that was decided late makes the edition anew", func(t *testing.T) {
		w.accept(t, delivery{id: worldUndecided, supplier: "coa", name: "undecided", drawn: "2024-05-02", mode: "mutation", records: []string{"coa_stay"}})
		again, found := w.build(t, "2024-06-30")
		if again.Outcome != edition.Built {
			t.Error("the edition was left as it was")
		}
		w.check(t, effectiveCase{rows: []string{"coa/undecided coa_stay s1 v=undecided"}, want: []string{"v:undecided v_only", "v:undecided azc_arrival undecided 2024-01-01"}}, found)
	})
}

// newFilledWorld delivers the rows of cases.
func newFilledWorld(t *testing.T, cases []effectiveCase) *world {
	t.Helper()
	w := newWorld(t, worldDeliveries)
	w.loads["coa/refused"], w.loads["coa/undecided"] = worldRefused.id, worldUndecided
	w.accept(t, worldRefused)
	w.exec(t, "INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, decided_at) VALUES (?, ?, 'sha', ?, ?, 'refused', now64() + 1)",
		worldRefused.supplier, worldRefused.name, worldRefused.drawn, worldRefused.mode)
	w.exec(t, "INSERT INTO ops.load SELECT * REPLACE (toUInt64(?) AS load_id, written_at - INTERVAL 1 HOUR AS written_at) FROM ops.load WHERE load_id = 20", worldUndecided)
	w.exec(t, "INSERT INTO ops.delivery_record SELECT * REPLACE (toUInt64(?) AS load_id) FROM ops.delivery_record WHERE load_id = 20", worldUndecided)
	w.fill(t, cases)
	return w
}

// fill writes the rows of cases.
func (w *world) fill(t *testing.T, cases []effectiveCase) {
	t.Helper()
	var rows, again []rawRow
	for _, c := range cases {
		for _, line := range c.rows {
			r := w.parse(t, line)
			rows = append(rows, r)
			if r.again {
				again = append(again, r)
			}
		}
	}
	for _, r := range again {
		w.exec(t, "SYSTEM STOP MERGES raw."+r.table) // which would take rows that were written twice for one
	}
	w.insert(t, rows)
	w.insert(t, again)
}

// check compares the facts of the words of a case.
func (w *world) check(t *testing.T, c effectiveCase, found map[string][]string) {
	t.Helper()
	var got []string
	for _, word := range wordsOf(c) {
		got = append(got, found[word]...)
	}
	want := slices.Clone(c.want)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// wordsOf are the pseudonyms in the rows of a case.
func wordsOf(c effectiveCase) []string {
	var words []string
	for _, line := range c.rows {
		for _, field := range strings.Fields(line) {
			if name, value, ok := strings.Cut(field, "="); ok && (name == "v" || name == "b") {
				words = append(words, name+":"+value)
			}
		}
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// TestEffectiveCasesAreApart holds that no two cases share a pseudonym, a record of
// one table or an income relation: each shows its own rule only.
func TestEffectiveCasesAreApart(t *testing.T) {
	owner := make(map[string]string)
	own := func(key, name string) {
		if other, taken := owner[key]; taken && other != name {
			t.Errorf("%q and %q share %s", other, name, key)
		}
		owner[key] = name
	}
	for _, c := range effectiveCases {
		for _, word := range wordsOf(c) {
			own(word, c.name)
		}
		for _, line := range c.rows {
			own("record "+recordOf(line), c.name)
			for _, field := range strings.Fields(line) {
				if strings.HasPrefix(field, "ikv_id=") {
					own(field, c.name)
				}
			}
		}
	}
}

// recordOf is the table and record_id of a line.
func recordOf(line string) string {
	for i, field := range strings.Fields(line) {
		if schemas.RecordOf(field) != nil {
			return strings.Join(strings.Fields(line)[i:i+2], " ")
		}
	}
	return line
}
