package edition_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/lineage"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/slice"
)

// gap45 are definitions that nobody published: gaps of at most 45 days.
func gap45() definition.Set {
	d := definition.Published()[0]
	d.Version, d.WorkGap, d.BijstandGap = "gap45", 45, 45
	return d
}

// TestOldDefinitionsCanStillBeRun makes editions of the same raw data under
// definitions 1 and under a second set, side by side and one after the other.
// Two people have a gap of 40 days: one in work, one in bijstand; a third has
// none. So the sets differ in spells and jobs of two people and in nothing else.
func TestOldDefinitionsCanStillBeRun(t *testing.T) {
	e := startEngine(t, 1<<30)
	fillGaps(t, e)
	later := edition.New(edition.Config{Config: slice.Config{Warehouse: e.db, Kafka: e.kafka, Log: e.log, Definitions: append(definition.Published(), gap45())}, SlicePersons: 2})
	under := func(cutOff, version string) edition.Result {
		t.Helper()
		result, err := later.Build(t.Context(), day(cutOff), edition.Options{Definitions: version})
		must(t, err)
		if result.DefinitionVersion != version {
			t.Errorf("definitions %q were asked for, the edition has %q", version, result.DefinitionVersion)
		}
		return result
	}
	spells := func(cutOff string) string {
		return e.text(t, `SELECT arrayStringConcat(arraySort(groupArray(line)), ', ') FROM (
			SELECT concat('work ', toString(start), ' ', toString(end)) AS line FROM facts.work_spell WHERE edition = toDate('`+cutOff+`')
			UNION ALL SELECT concat('job ', toString(start), ' ', toString(end)) FROM facts.job WHERE edition = toDate('`+cutOff+`')
			UNION ALL SELECT concat('bijstand ', toString(start), ' ', toString(end)) FROM facts.bijstand_spell WHERE edition = toDate('`+cutOff+`'))`)
	}
	const (
		apart = "bijstand 2024-01-01 2024-01-31, bijstand 2024-03-12 2024-03-31, " +
			"job 2024-01-01 2024-01-31, job 2024-01-01 2024-02-29, job 2024-03-12 2024-03-31, " +
			"work 2024-01-01 2024-01-31, work 2024-01-01 2024-02-29, work 2024-03-12 2024-03-31"
		joined = "bijstand 2024-01-01 2024-03-31, " +
			"job 2024-01-01 2024-02-29, job 2024-01-01 2024-03-31, work 2024-01-01 2024-02-29, work 2024-01-01 2024-03-31"
	)

	// As the program was before the second set.
	_, err := e.facts.Build(t.Context(), day("2024-06-29"), edition.Options{Definitions: "1"})
	must(t, err)
	former := e.content(t)

	t.Run("the old edition stands unchanged for the program that has a newer set", func(t *testing.T) {
		if result := under("2024-06-29", "1"); result.Outcome != edition.Unchanged {
			t.Errorf("it was built again (outcome %d)", result.Outcome)
		}
	})
	t.Run("side by side", func(t *testing.T) {
		under("2024-06-30", "gap45")
		if got := spells("2024-06-29"); got != apart {
			t.Errorf("under definitions 1 there are\n%s, want\n%s", got, apart)
		}
		if got := spells("2024-06-30"); got != joined {
			t.Errorf("under gap45 there are\n%s, want\n%s", got, joined)
		}
		all := e.content(t)
		if got := slices.DeleteFunc(slices.Clone(all), func(c edition.Content) bool { return c.Definitions != "1" }); !slices.Equal(got, former) {
			t.Errorf("the edition under definitions 1 is %v, was %v", got, former)
		}
	})
	t.Run("diff gives the definitions as the only cause", func(t *testing.T) { differByDefinition(t, e) })
	t.Run("without a word an edition is made with the newest", func(t *testing.T) {
		result, err := later.Build(t.Context(), day("2024-06-29"), edition.Options{})
		must(t, err)
		if result.Outcome != edition.Built || result.DefinitionVersion != "gap45" || spells("2024-06-29") != joined {
			t.Errorf("outcome %d under definitions %s", result.Outcome, result.DefinitionVersion)
		}
	})
	t.Run("and again under the old ones it has its former bytes", func(t *testing.T) {
		if result := under("2024-06-29", "1"); result.Outcome != edition.Built {
			t.Errorf("it was not built (outcome %d)", result.Outcome)
		}
		got := slices.DeleteFunc(e.content(t), func(c edition.Content) bool { return c.CutOff != day("2024-06-29") })
		if !slices.Equal(got, former) {
			t.Errorf("got %v, want %v", got, former)
		}
	})
	t.Run("an unknown version is an error that names those there are", func(t *testing.T) {
		_, err := later.Build(t.Context(), day("2024-06-29"), edition.Options{Definitions: "4"})
		if err == nil || !strings.Contains(err.Error(), `"4": this program has 1, 2, 3, gap45`) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a worker without the definitions does no slice of them", func(t *testing.T) {
		steps, err := later.Begin(t.Context(), day("2024-05-31"))
		must(t, err)
		if err := steps.DoBy(t.Context(), e.facts, 0); err == nil || !strings.Contains(err.Error(), `no definitions with version "gap45"`) {
			t.Errorf("got %v", err)
		}
		for n := range steps.Slices() {
			must(t, steps.Do(t.Context(), n))
		}
		_, err = steps.Finish(t.Context())
		must(t, err)
		if got := spells("2024-05-31"); got != joined {
			t.Errorf("there are\n%s, want\n%s", got, joined)
		}
	})
	t.Run("nobody explains an edition under definitions that the program does not have", func(t *testing.T) {
		standing, err := edition.ReadSourced(t.Context(), e.db, day("2024-06-30"))
		must(t, err)
		if _, err := standing.RouteEdition(); err == nil || !strings.Contains(err.Error(), "this program has 1") {
			t.Errorf("got %v", err)
		}
	})
}

// differByDefinition compares the two editions that stand side by side: both
// reach as far as the wages, so only the definitions differ.
func differByDefinition(t *testing.T, e *engine) {
	c, err := lineage.Compare(t.Context(), e.db, day("2024-06-29"), day("2024-06-30"))
	must(t, err)
	rows, err := e.db.Query(t.Context(), "SELECT toString(table), toString(column), why, persons FROM ("+c.Query()+")")
	must(t, err)
	defer rows.Close()
	found := make(map[string]bool)
	for rows.Next() {
		var table, column, why string
		var persons uint64
		must(t, rows.Scan(&table, &column, &why, &persons))
		found[table+"."+column] = true
		if why != "definition" || persons != 1 {
			t.Errorf("%s.%s: %d persons because of %q, want 1 because of the definition", table, column, persons, why)
		}
		if !slices.Contains([]string{"work_spell", "job", "bijstand_spell"}, table) {
			t.Errorf("%s.%s differs, which no gap decides", table, column)
		}
	}
	must(t, rows.Err())
	for _, want := range []string{"work_spell.rows", "work_spell.end", "job.rows", "job.realised_months", "bijstand_spell.rows", "bijstand_spell.end"} {
		if !found[want] {
			t.Errorf("diff does not have %s", want)
		}
	}
	must(t, c.Drop(t.Context()))
}

// fillGaps delivers the three people.
func fillGaps(t *testing.T, e *engine) {
	t.Helper()
	e.accept(t, delivery{id: 1, supplier: "uwv", name: "w", drawn: "2024-05-10", covers: "2024-04-30", mode: "full", records: []string{"uwv_employment"}})
	e.accept(t, delivery{id: 2, supplier: "municipality", name: "m", drawn: "2024-05-10", mode: "full", codes: []string{"0363"}, records: []string{"municipality_bijstand"}})
	for n, w := range []struct{ who, start, end string }{
		{"gap", "2024-01-01", "2024-01-31"}, {"gap", "2024-03-12", "2024-03-31"}, // 29 days of February and 11 of March in between
		{"steady", "2024-01-01", "2024-01-31"}, {"steady", "2024-02-01", "2024-02-29"},
	} {
		e.exec(t, fmt.Sprintf(`INSERT INTO raw.uwv_employment (load_id, file_no, row_no, record_id, pseudonym_b, ikv_id, employer_pseudonym,
			period_start, period_end, ikv_start, srt_iv, cd_aard, ind_permanent, ind_written, ind_on_call, hours_paid, wage_sv, sector_code)
			VALUES (1, 0, %d, 'w%[1]d', '%s', '%[2]s', 'employer', '%s', '%s', '2024-01-01', '15', '01', 'J', 'J', 'N', 100, 100000, '33')`, n, w.who, w.start, w.end))
	}
	for n, b := range []struct{ start, end string }{{"2024-01-01", "2024-01-31"}, {"2024-03-12", "2024-03-31"}} {
		e.exec(t, fmt.Sprintf(`INSERT INTO raw.municipality_bijstand (load_id, file_no, row_no, record_id, pseudonym_b, municipality_code, regulation, start, end)
			VALUES (2, 0, %d, 'b%[1]d', 'bijstand', '0363', 'PW', '%s', '%s')`, n, b.start, b.end))
	}
}
