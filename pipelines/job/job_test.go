package job_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doorstroom/connectors/synth"
	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/clickhousetest"
	"doorstroom/deploy/testservers/enginetest"
	"doorstroom/pipelines/edition"
	"doorstroom/pipelines/job"
	"doorstroom/pipelines/marts"
	"doorstroom/schemas"
)

// world is a job on engines of its own, over a landing folder of some synthetic persons.
type world struct {
	*job.Job
	engines    *enginetest.Engines
	landing    string
	deliveries int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{engines: enginetest.Start(t, enginetest.Options{Empty: true}), landing: filepath.Join(t.TempDir(), "landing")}
	day := time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC)
	clickhousetest.Must(t, synth.Generate(t.Context(), synth.Options{Out: w.landing, Persons: 120, Seed: 1, AsOf: day}))
	manifests, err := filepath.Glob(filepath.Join(w.landing, "*", "*", "manifest.json"))
	clickhousetest.Must(t, err)
	w.deliveries = len(manifests)
	tools, err := embedded.FindTools("", os.Getenv("DOORSTROOM_DBT"))
	clickhousetest.Must(t, err)
	server := w.engines.Server
	dbt := &marts.DBT{Program: tools.DBT, Dir: t.TempDir(), HTTPAddr: server.HTTPAddr(), User: server.User(), Password: server.Password(),
		Settings: w.engines.Warehouse.Settings()}
	w.Job = &job.Job{
		Warehouse: w.engines.Warehouse, Kafka: w.engines.Kafka, Registry: w.engines.Registry,
		Deliveries: func(past job.Past) (job.Reader, error) { return w.reader(past), nil },
		DBT:        func() (*marts.DBT, error) { return dbt, nil },
		CutOff:     schemas.DateFromTime(day), Program: "test", Log: w.engines.Log, Progress: silent{},
	}
	return w
}

// silent is a Progress that nobody looks at.
type silent struct{}

func (silent) Start(string, string, int64) {}
func (silent) Set(int64, int64)            {}
func (silent) End(string)                  {}

// ask is the answer to a query, as one text.
func (w *world) ask(t *testing.T, query string) (text string) {
	t.Helper()
	if err := w.Warehouse.QueryRow(t.Context(), query).Scan(&text); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return text
}

// steps are those of the last run with how they ended.
const steps = "SELECT arrayStringConcat(arraySort(groupArray(concat(step, ' ', status))), ', ') FROM ops.step FINAL " +
	"WHERE run_id = (SELECT argMax(run_id, started_at) FROM ops.run FINAL)"

// TestJob does the job as it may go: planned, broken off while it reads, failed at its last step, done, and done again.
// What a run finished, the next one leaves, and the ledger says what became of each step.
func TestJob(t *testing.T) {
	w := newWorld(t)
	t.Run("a plan changes nothing", func(t *testing.T) { planned(t, w) })
	_, err := w.Warehouse.Migrate(t.Context())
	clickhousetest.Must(t, err)
	t.Run("broken off while it reads", func(t *testing.T) { brokenOff(t, w) })
	t.Run("failed at its last step", func(t *testing.T) { failed(t, w) })
	t.Run("done", func(t *testing.T) { done(t, w, marts.Made) })
	facts := w.ask(t, "SELECT toString(groupBitXor(cityHash64(*))) FROM facts.month_status")
	t.Run("done again", func(t *testing.T) { done(t, w, marts.Unchanged) })
	if again := w.ask(t, "SELECT toString(groupBitXor(cityHash64(*))) FROM facts.month_status"); again != facts {
		t.Errorf("a run with nothing to do changed the months from %s to %s", facts, again)
	}
	t.Run("not of other content than was accepted", func(t *testing.T) { otherContent(t, w) })
	t.Run("not beside an erasure", func(t *testing.T) { besideAnErasure(t, w) })
}

func planned(t *testing.T, w *world) {
	databases := "SELECT toString(count()) FROM system.databases"
	before := w.ask(t, databases)
	plan, err := w.Plan(t.Context(), job.Steps)
	clickhousetest.Must(t, err)
	if plan.Migrations == 0 || len(plan.Found.New) != w.deliveries || len(plan.Found.All) != w.deliveries || len(plan.Steps) != 3 {
		t.Errorf("the plan is %d migrations, %d of %d deliveries and %v; want some, %d of as many and three steps", plan.Migrations,
			len(plan.Found.New), len(plan.Found.All), plan.Steps, w.deliveries)
	}
	if after := w.ask(t, databases); after != before {
		t.Errorf("a plan made databases: there are %s, and there were %s", after, before)
	}
}

// brokenOff reads all but the deliveries of one supplier, and fails.
func brokenOff(t *testing.T, w *world) {
	whole := w.Deliveries
	defer func() { w.Deliveries = whole }()
	broke := errors.New("the disk of the landing folder is gone")
	w.Deliveries = func(past job.Past) (job.Reader, error) { return &breaking{w.reader(past), broke}, nil }
	result, err := w.Run(t.Context(), job.Steps)
	if !errors.Is(err, broke) || result.Load == nil || result.Facts != nil || result.Marts != nil {
		t.Fatalf("the run came to %+v, %v", result, err)
	}
	accepted := w.ask(t, "SELECT toString(count()) FROM ops.delivery FINAL WHERE status = 'accepted'")
	if result.Load.Whole || accepted != fmt.Sprint(result.Load.Accepted) || result.Load.Accepted == 0 || int(result.Load.Accepted) >= w.deliveries {
		t.Errorf("%s deliveries are accepted, the result tells of %d of %d", accepted, result.Load.Accepted, w.deliveries)
	}
	if got := w.ask(t, steps); got != "load failed" {
		t.Errorf("the ledger says %q", got)
	}
}

// breaking fails once it has read what others than UWV deliver.
type breaking struct {
	job.Reader
	err error
}

func (b *breaking) Read(ctx context.Context, deliveries []job.Delivery) (closed []schemas.Closed, err error) {
	var others []job.Delivery
	for _, d := range deliveries {
		if d.Supplier != "uwv" {
			others = append(others, d)
		}
	}
	closed, err = b.Reader.Read(ctx, others)
	return closed, errors.Join(err, b.err)
}

// failed has no dbt: what was read before is not read again, the rest is, and the facts are built.
func failed(t *testing.T, w *world) {
	with := w.DBT
	defer func() { w.DBT = with }()
	w.DBT = func() (*marts.DBT, error) { return &marts.DBT{}, nil }
	before := w.ask(t, "SELECT toString(count()) FROM ops.delivery FINAL")
	result, err := w.Run(t.Context(), job.Steps)
	if !errors.Is(err, marts.ErrNoDBT) || result.Load == nil || result.Facts == nil || result.Marts != nil {
		t.Fatalf("the run came to %+v, %v", result, err)
	}
	if got := fmt.Sprint(w.deliveries - len(result.Load.Verdicts)); !result.Load.Whole || got != before || result.Load.Refused > 0 {
		t.Errorf("%d of %d deliveries were decided now, %s before", len(result.Load.Verdicts), w.deliveries, before)
	}
	if result.Facts.Outcome != edition.Built || result.Facts.Persons == 0 {
		t.Errorf("of the facts it says %+v", result.Facts)
	}
	if got := w.ask(t, steps); got != "facts done, load done, marts failed" {
		t.Errorf("the ledger says %q", got)
	}
	if err := marts.Hold(t.Context(), w.Warehouse, marts.Edition{CutOff: w.CutOff, Build: result.Facts.Build}); err == nil || !strings.Contains(err.Error(), "not complete") {
		t.Errorf("of marts that were not made it says %v", err)
	}
}

// done goes on with what is there, and comes to its end.
func done(t *testing.T, w *world, want marts.Outcome) {
	result, err := w.Run(t.Context(), job.Steps)
	clickhousetest.Must(t, err)
	if len(result.Load.Verdicts) != 0 || result.Load.Deliveries != w.deliveries || result.Facts.Outcome != edition.Unchanged || *result.Marts != want {
		t.Errorf("the run came to %d new of %d deliveries, facts %d, marts %s; want none of %d, unchanged, %s", len(result.Load.Verdicts),
			result.Load.Deliveries, result.Facts.Outcome, result.Marts, w.deliveries, want)
	}
	if got := w.ask(t, steps); got != "facts done, load done, marts done" {
		t.Errorf("the ledger says %q", got)
	}
	if n := w.ask(t, "SELECT toString(sum(persons)) FROM marts.stage_by_month WHERE edition = '2026-06-30'"); n == "0" {
		t.Error("the marts hold nobody")
	}
}

// otherContent changes a row of raw: no run does its facts, whether the edition is there or not, until the row is what it was.
func otherContent(t *testing.T, w *world) {
	change := "ALTER TABLE raw.coa_stay UPDATE start = start %s 1 WHERE row_no = 1 SETTINGS mutations_sync = 2"
	clickhousetest.Must(t, w.Warehouse.Exec(t.Context(), fmt.Sprintf(change, "+")))
	newer := *w.Job
	newer.CutOff++
	for name, j := range map[string]*job.Job{"the edition that is there": w.Job, "a new edition": &newer} {
		if _, err := j.Run(t.Context(), []job.Step{job.Facts}); err == nil || !strings.Contains(err.Error(), "other values in raw than were accepted") {
			t.Errorf("%s of changed content gives %v", name, err)
		}
	}
	if n := w.ask(t, "SELECT toString(count()) FROM ops.edition FINAL"); n != "1" {
		t.Errorf("%s editions are in the books, want 1", n)
	}
	clickhousetest.Must(t, w.Warehouse.Exec(t.Context(), fmt.Sprintf(change, "-")))
	if result, err := newer.Run(t.Context(), []job.Step{job.Facts}); err != nil || result.Facts.Outcome != edition.Built {
		t.Errorf("of the content as it was the new edition came to %+v, %v", result.Facts, err)
	}
}

func besideAnErasure(t *testing.T, w *world) {
	clickhousetest.Must(t, w.Warehouse.Exec(t.Context(), "INSERT INTO ops.erasure (id, at, who, why, links, status) VALUES (generateUUIDv4(), now(), 'a', 'b', 'all', 'begun')"))
	runs := w.ask(t, "SELECT toString(count()) FROM ops.run FINAL")
	if _, err := w.Run(t.Context(), job.Steps); !errors.Is(err, job.ErrBrokenOff) {
		t.Errorf("a run beside an erasure that was broken off gives %v", err)
	}
	if after := w.ask(t, "SELECT toString(count()) FROM ops.run FINAL"); after != runs {
		t.Errorf("there are %s runs, and there were %s", after, runs)
	}
}
