package edition_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// TestEditionIsTheSame makes one edition over and over, in every way that must
// not matter, and holds the content of its tables against the first.
func TestEditionIsTheSame(t *testing.T) {
	e := startEngine(t, 1<<30)
	fill(t, e, 400)
	// A conflict: two B of one V.
	e.exec(t, `INSERT INTO raw.municipality_residence (load_id, file_no, row_no, record_id, pseudonym_v, pseudonym_b, municipality_code, settled_on)
		SELECT 3, 7, number + 1, concat('conflict', toString(number)), sipHash128('v', toUInt64(1))::FixedString(16), sipHash128('b', toUInt64(number + 1))::FixedString(16), '0363', '2019-01-01'
		FROM numbers(2)`)
	cutOff := day("2026-06-30")
	result, err := e.facts.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	first := e.content(t)
	if len(result.Rows) != 12 || slices.ContainsFunc(first, func(c edition.Content) bool { return c.Rows == 0 }) {
		t.Fatalf("a table is empty: %v", first)
	}
	small := edition.New(edition.Config{Config: slice.Config{Warehouse: e.db, Kafka: e.kafka, Workers: 3, Log: e.log}, SlicePersons: 90})

	t.Run("many slices, many workers", func(t *testing.T) {
		e.again(t, small, cutOff, first)
	})
	t.Run("another warehouse layout, rows written twice", func(t *testing.T) {
		for _, r := range schemas.Records {
			e.exec(t, "CREATE TABLE default.copy AS raw."+r.Name)
			e.exec(t, "INSERT INTO default.copy SELECT * FROM raw."+r.Name)
			e.exec(t, "TRUNCATE TABLE raw."+r.Name)
			e.exec(t, "SYSTEM STOP MERGES raw."+r.Name)
			e.exec(t, "INSERT INTO raw."+r.Name+" SELECT * FROM default.copy WHERE record_key % 3 = 0 ORDER BY cityHash64(row_no, 1)")
			e.exec(t, "INSERT INTO raw."+r.Name+" SELECT * FROM default.copy WHERE record_key % 3 != 0 OR record_key % 5 = 0 ORDER BY cityHash64(row_no, 2)")
			e.exec(t, "DROP TABLE default.copy SYNC")
		}
		e.again(t, e.facts, cutOff, first)
	})
	t.Run("deliveries after the cut-off", func(t *testing.T) {
		e.exec(t, "INSERT INTO raw.uwv_employment SELECT * REPLACE (77 AS load_id) FROM raw.uwv_employment WHERE load_id = 2")
		e.accept(t, delivery{id: 77, supplier: "uwv", name: "c", drawn: "2026-07-01", mode: "full", covers: "2026-06-30", records: []string{"uwv_employment"}})
		if result, err := e.facts.Build(t.Context(), cutOff, edition.Options{}); err != nil || result.Outcome != edition.Unchanged {
			t.Errorf("got %+v, %v", result, err)
		}
		e.again(t, small, cutOff, first)
	})
	t.Run("slices that are done twice, and by workers that die", func(t *testing.T) {
		steps, err := small.Begin(t.Context(), cutOff)
		must(t, err)
		for n := range steps.Slices() {
			if n%3 == 0 {
				must(t, steps.Break(t.Context(), n))
			}
			must(t, steps.Do(t.Context(), n))
			if n%2 == 0 {
				must(t, steps.Do(t.Context(), n))
			}
		}
		_, err = steps.Finish(t.Context())
		must(t, err)
		if got := e.content(t); !slices.Equal(got, first) {
			t.Errorf("got %v, want %v", got, first)
		}
	})
	t.Run("a build that does not add up never stands", func(t *testing.T) {
		steps, err := small.Begin(t.Context(), cutOff)
		must(t, err)
		for n := range steps.Slices() - 1 {
			must(t, steps.Do(t.Context(), n))
		}
		if _, err := steps.Finish(t.Context()); err == nil || !strings.Contains(err.Error(), "does not add up") {
			t.Errorf("a slice is missing and the error is %v", err)
		}
		must(t, steps.Do(t.Context(), steps.Slices()-1))
		e.exec(t, "ALTER TABLE facts_store.job DELETE WHERE build = ? AND startsWith(person_id, 'v2') SETTINGS mutations_sync = 1", steps.Build())
		if _, err := steps.Finish(t.Context()); err == nil || !strings.Contains(err.Error(), "job has") {
			t.Errorf("rows are missing and the error is %v", err)
		}
		if got := e.content(t); !slices.Equal(got, first) {
			t.Errorf("got %v, want %v", got, first)
		}
	})
	t.Run("a build that is broken off", func(t *testing.T) {
		e.forget(t, cutOff)
		ctx, cancel := context.WithCancel(t.Context())
		_, err := small.Build(ctx, cutOff, edition.Options{Progress: func(int, int) { cancel() }})
		if err == nil {
			t.Fatal("it was not broken off")
		}
		if got := e.content(t); !slices.Equal(got, first) {
			t.Errorf("got %v, want %v", got, first)
		}
		e.again(t, small, cutOff, first)
		if n := e.number(t, "SELECT count() FROM ops.build FINAL WHERE status = 'open' AND build = (SELECT max(build) FROM ops.build)"); n != 0 {
			t.Error("a build that ended is open")
		}
	})
	t.Run("the sums of the source linkage are the records and persons", func(t *testing.T) {
		want := e.number(t, "SELECT records FROM ops.edition FINAL WHERE edition = '2026-06-30'")
		if got := e.number(t, "SELECT sum(records) FROM ops.source_linkage WHERE edition = '2026-06-30'"); got != want {
			t.Errorf("%d records in ops.source_linkage, want %d", got, want)
		}
		if got := e.number(t, "SELECT sum(persons) FROM ops.source_linkage WHERE record = 'coa_permit' AND supplier = 'coa'"); got != 400 {
			t.Errorf("%d persons with a permit, want 400", got)
		}
	})
}

func (e *engine) content(t *testing.T) []edition.Content {
	t.Helper()
	content, err := e.facts.Editions(t.Context())
	must(t, err)
	return content
}

// forget makes the edition look as if it was made of something else.
func (e *engine) forget(t *testing.T, cutOff schemas.Date) {
	t.Helper()
	e.exec(t, "INSERT INTO ops.edition SELECT * REPLACE ('other' AS inputs, now64(6) AS written_at) FROM ops.edition FINAL WHERE edition = toDate(?)", cutOff.String())
}

// again builds anew and compares.
func (e *engine) again(t *testing.T, f *edition.Builder, cutOff schemas.Date, want []edition.Content) {
	t.Helper()
	e.forget(t, cutOff)
	result, err := f.Build(t.Context(), cutOff, edition.Options{})
	must(t, err)
	if result.Outcome != edition.Built {
		t.Fatalf("it was not built: %+v", result)
	}
	if got := e.content(t); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
