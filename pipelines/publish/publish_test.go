package publish

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// people are the regions of a year: of the people of each, how many work.
var people = map[string][2]int64{"1": {100, 40}, "2": {60, 25}, "3": {50, 3}, "4": {200, 90}}

// world is a warehouse with a mart of made-up counts.
type world struct {
	*testing.T
	db *warehouse.DB
}

func newWorld(t *testing.T) *world {
	w := &world{t, enginetest.Warehouse(t)}
	w.exec("CREATE DATABASE marts")
	w.exec("CREATE TABLE marts.people (edition Date, kind String, year UInt16, region String, is_known Bool, people UInt64, working UInt64) ENGINE = MergeTree ORDER BY ()")
	w.edition("2026-06-30", people)
	return w
}

func (w *world) exec(sql string) { w.Helper(); clickhousetest.Must(w, w.db.Exec(w.Context(), sql)) }

func (w *world) value(sql string) (text string) {
	w.Helper()
	clickhousetest.Must(w, w.db.QueryRow(w.Context(), "SELECT toString(("+sql+"))").Scan(&text))
	return text
}

// edition makes the marts of an edition: 2024 is known, 2025 is not yet.
func (w *world) edition(day string, of map[string][2]int64) {
	w.Helper()
	w.exec("INSERT INTO ops.edition (edition, build, built_at, inputs, definition_version, closed, deliveries, records, persons, rows) VALUES ('" + day + "', 1, now(), 'hash', '2', false, 1, 1, 1, map())")
	w.exec("INSERT INTO ops.mart_build (edition, build, project) VALUES ('" + day + "', 1, 'project')")
	for region, n := range of {
		w.exec(fmt.Sprintf("INSERT INTO marts.people VALUES ('%s', 'a', 2024, '%s', true, %d, %d), ('%[1]s', 'a', 2025, '%[2]s', false, 1, 0), ('%[1]s', 'b', 2024, '%[2]s', true, 999, 9)", day, region, n[0], n[1]))
	}
}

func (w *world) publish(day string, with Options) (*Result, error) {
	with.Edition, _ = schemas.ParseISO(day)
	if with.Folder == "" {
		with.Folder = "testdata/catalogue"
	}
	with.Who, with.Program = "tester", "1"
	return Publish(w.Context(), w.db, with)
}

// changed is the catalogue of the test with other words in it.
func (w *world) changed(from, to string) (folder string) {
	w.Helper()
	folder = w.TempDir()
	for _, name := range []string{"catalogue.yaml", "people.yaml"} {
		text, err := os.ReadFile(filepath.Join("testdata/catalogue", name))
		clickhousetest.Must(w, err)
		clickhousetest.Must(w, os.WriteFile(filepath.Join(folder, name), []byte(strings.ReplaceAll(string(text), from, to)), 0o600))
	}
	return folder
}

// nothingStands fails when anything of a release can be seen.
func (w *world) nothingStands() {
	w.Helper()
	for _, table := range []string{"release", "indicator"} {
		if n := w.value("SELECT count() FROM publication." + table); n != "0" {
			w.Errorf("publication.%s has %s rows", table, n)
		}
	}
	if there := w.value("SELECT count() FROM system.tables WHERE database = 'publication' AND name = 'work_by_region'"); there != "0" {
		if n := w.value("SELECT count() FROM publication.work_by_region"); n != "0" {
			w.Errorf("publication.work_by_region has %s rows", n)
		}
	}
}

// TestRelease releases a mart, and holds every figure against one rounded by hand.
func TestRelease(t *testing.T) {
	w := newWorld(t)
	r, err := w.publish("2026-06-30", Options{DryRun: true})
	clickhousetest.Must(t, err)
	w.nothingStands()
	if closed := w.value("SELECT closed FROM ops.edition FINAL"); closed != "0" && closed != "false" {
		t.Error("a dry run closes the edition")
	}
	first, err := w.publish("2026-06-30", Options{})
	clickhousetest.Must(t, err)
	if r.Release != "2026-06-30" || first.Release != r.Release || first.Stood {
		t.Errorf("dry %+v, real %+v", r.Release, first.Release)
	}
	// 3 of region 3 work, which is below 10. Halves go up: 25 is published as 30.
	rounded := map[string]string{
		"1 working": "40", "1 none": "60", "1 total": "100", "2 working": "30", "2 none": "40", "2 total": "60", "3 none": "50", "3 total": "50",
		"4 working": "90", "4 none": "110", "4 total": "200", "total working": "160", "total none": "250", "total total": "410",
	}
	w.figures("publication.latest_work_by_region WHERE year = '2024'", rounded)
	if n := w.value("SELECT count() FROM publication.work_by_region WHERE status = 'suppressed' AND region = '3' AND work = 'working'"); n != "1" {
		t.Error("the three who work in region 3 are not suppressed")
	}
	if got := w.value("SELECT groupArray((region, work, status)) FROM publication.work_by_region WHERE year = '2025'"); got != "[('total','total','not_yet')]" {
		t.Errorf("of the year that is not known yet stands %s", got)
	}
	if closed := w.value("SELECT closed FROM ops.edition FINAL"); closed != "1" && closed != "true" {
		t.Errorf("the edition is not closed: %s", closed)
	}

	again, err := w.publish("2026-06-30", Options{})
	clickhousetest.Must(t, err)
	if !again.Stood || w.value("SELECT count() FROM publication_store.release") != "1" {
		t.Error("the same release once more is another one")
	}
	for i := range first.Tables {
		a, _ := first.Tables[i].hash("2026-06-30")
		b, _ := again.Tables[i].hash("2026-06-30")
		if a != b {
			t.Error("the same release once more has other bytes")
		}
	}
}

// figures holds every published figure against those that are expected, and sees that most are published.
func (w *world) figures(from string, want map[string]string) {
	w.Helper()
	rows, err := w.db.Query(w.Context(), "SELECT concat(region, ' ', work), toString(value) FROM "+from+" AND status = 'published'")
	clickhousetest.Must(w, err)
	defer rows.Close()
	n := 0
	for rows.Next() {
		var name, figure string
		clickhousetest.Must(w, rows.Scan(&name, &figure))
		if n++; want[name] != figure {
			w.Errorf("%s is published as %s, want %s", name, figure, want[name])
		}
	}
	clickhousetest.Must(w, rows.Err())
	if n < 9 {
		w.Errorf("only %d of 15 cells are published", n)
	}
}

// TestRevision: another catalogue needs reasons, and shows of the same edition the same figures.
func TestRevision(t *testing.T) {
	w := newWorld(t)
	_, err := w.publish("2026-06-30", Options{})
	clickhousetest.Must(t, err)
	other := w.changed(`version: "1"`, `version: "2"`)
	var refusal *cells.Refusal
	if _, err := w.publish("2026-06-30", Options{Folder: other}); !errors.As(err, &refusal) || !strings.Contains(err.Error(), "--why") {
		t.Errorf("a revision without reasons: %v", err)
	}
	r, err := w.publish("2026-06-30", Options{Folder: other, Why: "other words"})
	clickhousetest.Must(t, err)
	if r.Release != "2026-06-30.2" {
		t.Errorf("the revision is called %s", r.Release)
	}
	const of = "(SELECT groupArray((place, value, status)) FROM (SELECT * FROM publication_store.cell WHERE release = '%s' ORDER BY place))"
	if same := w.value("SELECT " + fmt.Sprintf(of, "2026-06-30") + " = " + fmt.Sprintf(of, "2026-06-30.2")); same != "1" {
		t.Error("the revision has other figures")
	}
	for from, to := range map[string]string{"base: 10": "base: 15", "count: people": "count: working", "threshold: 10": "threshold: 12"} {
		if _, err := w.publish("2026-06-30", Options{Folder: w.changed(from, to), Why: "x"}); !errors.As(err, &refusal) {
			t.Errorf("%s beside a release with %s: %v", to, from, err)
		}
	}
	if _, err := Verify(t.Context(), w.db); err != nil {
		t.Error(err)
	}
}

// TestLaterEdition: three people came to region 1, and all other cells are as they were. What both releases show must not
// tell of the three.
func TestLaterEdition(t *testing.T) {
	w := newWorld(t)
	_, err := w.publish("2026-06-30", Options{})
	clickhousetest.Must(t, err)
	w.edition("2026-09-30", map[string][2]int64{"1": {103, 43}, "2": people["2"], "3": people["3"], "4": people["4"]})
	r, err := w.publish("2026-09-30", Options{})
	clickhousetest.Must(t, err)
	shown, hidden := r.Tables[0].Cells()
	if shown < 7 || shown+hidden != 15 {
		t.Errorf("%d cells shown, %d hidden", shown, hidden)
	}
	if latest := w.value("SELECT any(release) FROM publication.latest_work_by_region"); latest != "2026-09-30" {
		t.Errorf("the latest release is %s", latest)
	}
}

// TestWhatCannotBeReleased leaves no trace that anybody sees.
func TestWhatCannotBeReleased(t *testing.T) {
	w := newWorld(t)
	var refusal *cells.Refusal
	var wrong *catalogue.Error
	for _, c := range []struct {
		from, to string
		as       any
		want     string
	}{
		{"parts: [{value: working, count: working}]", "parts: [{value: working, count: working, less: people}]", &refusal, "counts fewer than nobody"},
		{"known: is_known", "status: region", &refusal, "differ in whether they are known"},
		{"{name: year}, ", "", &refusal, "differ in whether they are known"},
		{"base: 10", "base: 1", &wrong, "base 1"},
	} {
		_, err := w.publish("2026-06-30", Options{Folder: w.changed(c.from, c.to)})
		if err == nil || !errors.As(err, c.as) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.to, err, c.want)
		}
	}
	if _, err := w.publish("2026-03-31", Options{}); !errors.Is(err, edition.ErrNoEdition) {
		t.Errorf("an edition that is not there: %v", err)
	}
	if _, err := w.publish("2026-06-30", Options{Folder: w.changed("mart: people", "mart: animals")}); err == nil {
		t.Error("a mart that is not there is released")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Publish(ctx, w.db, Options{Folder: "testdata/catalogue"}); err == nil {
		t.Error("it is released although its time is over")
	}
	w.exec("INSERT INTO ops.mart_build (edition, build, project) VALUES ('2026-06-30', 1, '')")
	if _, err := w.publish("2026-06-30", Options{}); !errors.As(err, &refusal) {
		t.Errorf("marts that are not complete: %v", err)
	}
	w.nothingStands()
}

// TestBrokenOff does every step of a release but the last: nothing is seen, and it is released afterwards.
func TestBrokenOff(t *testing.T) {
	w := newWorld(t)
	c, err := catalogue.Read("testdata/catalogue")
	clickhousetest.Must(t, err)
	r, err := w.publish("2026-06-30", Options{DryRun: true})
	clickhousetest.Must(t, err)
	e, err := standing(t.Context(), w.db, mustDay("2026-06-30"))
	clickhousetest.Must(t, err)
	counts, err := readAll(t.Context(), w.db, e.CutOff, c.Entries)
	clickhousetest.Must(t, err)
	broken := writing{db: w.db, release: r.Release, number: 1, attempt: uint64(time.Now().UnixMicro()), catalogue: c, edition: e, tables: r.Tables, counts: counts}
	for _, step := range []func(context.Context) error{broken.cells, broken.indicators, broken.views, broken.ledger, broken.close} {
		clickhousetest.Must(t, step(t.Context()))
		w.nothingStands()
	}
	_, err = w.publish("2026-06-30", Options{})
	clickhousetest.Must(t, err)
	if n := w.value("SELECT count() FROM publication.work_by_region"); n != "16" { // (4 regions and total) x 3, and 2025
		t.Errorf("the release has %s rows, want 16", n)
	}
	if _, err := Verify(t.Context(), w.db); err != nil {
		t.Error(err)
	}
}

func mustDay(text string) schemas.Date { d, _ := schemas.ParseISO(text); return d }

// TestVerify changes one thing after another behind the program's back.
func TestVerify(t *testing.T) {
	for what, change := range map[string]struct{ sql, want string }{
		"a figure":         {"ALTER TABLE publication_store.cell UPDATE value = 50 WHERE value = 40", "rows of table work_by_region"},
		"a row that goes":  {"ALTER TABLE publication_store.cell DELETE WHERE place[2] = '2'", "rows of table work_by_region"},
		"a table":          {"ALTER TABLE publication_store.indicator DELETE WHERE 1", "table work_by_region is gone"},
		"a mart":           {"ALTER TABLE marts.people UPDATE working = 4 WHERE working = 3", "mart people"},
		"the ledger":       {"ALTER TABLE ops.release DELETE WHERE 1", "not in the ledger"},
		"the ledger's sum": {"ALTER TABLE ops.release UPDATE tables = map('work_by_region', 'x') WHERE 1", "rows of table work_by_region"},
	} {
		t.Run(what, func(t *testing.T) {
			w := newWorld(t)
			_, err := w.publish("2026-06-30", Options{})
			clickhousetest.Must(t, err)
			ledger, err := Verify(t.Context(), w.db)
			if err != nil || len(ledger) != 1 || ledger[0].Who != "tester" || !slices.Contains(slices.Sorted(maps.Keys(ledger[0].Tables)), "work_by_region") {
				t.Fatalf("%v %+v", err, ledger)
			}
			w.exec(change.sql)
			if _, err := Verify(t.Context(), w.db); err == nil || !strings.Contains(err.Error(), change.want) {
				t.Errorf("%v, want %q", err, change.want)
			}
		})
	}
}
