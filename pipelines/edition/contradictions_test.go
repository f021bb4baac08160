package edition_test

import (
	"fmt"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// TestContradictionsAreCounted makes an edition of two people with one oddity
// each: per supplier and rule, those and a 0 for every other rule.
func TestContradictionsAreCounted(t *testing.T) {
	e := startEngine(t, 1<<30)
	e.accept(t, delivery{id: 1, supplier: "municipality", name: "m", drawn: "2024-01-31", mode: "full", codes: []string{"0014", "0363"}, records: []string{"municipality_residence"}})
	e.accept(t, delivery{id: 2, supplier: "duo", name: "d", drawn: "2024-01-31", mode: "full", records: []string{"duo_obligation"}})
	e.exec(t, `INSERT INTO raw.municipality_residence (load_id, file_no, row_no, record_id, pseudonym_v, municipality_code, settled_on, left_on) VALUES
		(1, 0, 1, '1', 'x', '0014', '2023-01-01', '2023-06-01'), (1, 0, 2, '2', 'x', '0363', '2023-06-01', NULL), (1, 0, 3, '1', 'y', '0363', '2023-01-01', NULL)`)
	e.exec(t, `INSERT INTO raw.duo_obligation (load_id, file_no, row_no, record_id, pseudonym_v, law, start, end, target_group) VALUES
		(2, 0, 1, '1', 'y', 'Wi2013', '2022-01-01', '2022-12-31', 'overig'), (2, 0, 2, '2', 'y', 'Wi2021', '2022-12-31', NULL, 'overig'),
		(2, 0, 3, '3', 'x', 'Wi2013', '2022-01-01', '2022-12-30', 'overig'), (2, 0, 4, '4', 'x', 'Wi2021', '2022-12-31', NULL, 'overig')`)
	day, _ := schemas.ParseISO("2024-06-30")
	_, err := e.facts.Build(t.Context(), day, edition.Options{})
	must(t, err)

	rows, err := e.db.Query(t.Context(), "SELECT supplier, toString(rule), persons, records FROM ops.contradiction WHERE edition = '2024-06-30'")
	must(t, err)
	defer rows.Close()
	got := make(map[string]string)
	for rows.Next() {
		var supplier, rule string
		var persons, records uint64
		must(t, rows.Scan(&supplier, &rule, &persons, &records))
		got[supplier+" "+rule] = fmt.Sprintf("%d persons, %d records", persons, records)
	}
	must(t, rows.Err())
	if len(got) != route.NumContradictions {
		t.Errorf("%d rules are counted, want %d", len(got), route.NumContradictions)
	}
	for rule, count := range got {
		want := map[string]string{"municipality two_residences_on_one_day": "1 persons, 2 records", "duo two_laws_at_once": "1 persons, 2 records"}[rule]
		if want == "" {
			want = "0 persons, 0 records"
		}
		if count != want {
			t.Errorf("%s: %s, want %s", rule, count, want)
		}
	}
}
