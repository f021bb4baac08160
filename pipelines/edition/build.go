package edition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/route"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Outcome tells what a Build came to.
type Outcome uint8

// The outcomes.
const (
	// Built: the edition was made and stands.
	Built Outcome = iota
	// Unchanged: the edition stands already, made of the same.
	Unchanged
	// LeftClosed: the edition was released, and is left as it is although its deliveries or the definitions differ.
	LeftClosed
)

// Options of a Build. The zero value is fine.
type Options struct {
	// Definitions is the version of those to make the edition with; empty is the newest.
	Definitions string
	// Progress, if not nil, hears of slices done out of all, now and then.
	Progress func(done, all int)
	// Stall is how long no slice may be finished before the build is given up; 0 is ten minutes.
	Stall time.Duration
}

// Result is what a Build came to.
type Result struct {
	Edition
	Outcome Outcome
	// Stages are how long the parts of the build took, in their order; empty unless Built.
	Stages []Stage
}

// Stage is a part of a build with its time.
type Stage struct {
	Name string
	Took time.Duration
}

// NoWages tells that no delivery of uwv_employment is in the edition, so that every grid is empty.
func (r *Result) NoWages() bool { return r.Horizon == 0 }

// Build makes the edition with this cut-off from all accepted deliveries drawn
// on or before it, and makes it stand. It is quick when the edition stands and
// was made of the same under the same definitions; a closed edition is left alone. When it fails nothing has changed for
// readers.
//
// While ClickHouse is away, or has no room just now, Build tries again: what was under way is thrown away, and a build
// with a new number begins. When that lasts longer than Config.Patience the error wraps warehouse.ErrAway.
func (f *Builder) Build(ctx context.Context, cutOff schemas.Date, o Options) (result Result, err error) {
	if o.Stall == 0 {
		o.Stall = 10 * time.Minute
	}
	if o.Definitions == "" {
		o.Definitions = f.config.Definitions.Newest().Version
	}
	if _, err := f.config.Definitions.Version(o.Definitions); err != nil {
		return Result{}, err
	}
	err = f.patience().Do(ctx, func(ctx context.Context) error {
		result, err = f.build(ctx, cutOff, o)
		return err
	})
	return result, err
}

// build is one try of Build.
func (f *Builder) build(ctx context.Context, cutOff schemas.Date, o Options) (Result, error) {
	loads, err := accepted(ctx, f.config.Warehouse)
	if err != nil {
		return Result{}, err
	}
	s := newScope(loads, cutOff)
	there, ok, err := standing(ctx, f.config.Warehouse, cutOff)
	switch {
	case err != nil:
		return Result{}, err
	case ok && there.Inputs == s.inputs(o.Definitions):
		return Result{Edition: there, Outcome: Unchanged}, nil
	case ok && there.Closed:
		return Result{Edition: there, Outcome: LeftClosed}, nil
	}
	if err := buildable(ctx, f.config.Warehouse, cutOff); err != nil {
		return Result{}, err
	}
	if err := f.closeAbandoned(ctx); err != nil {
		return Result{}, err
	}
	if err := f.clean(ctx, 0); err != nil {
		return Result{}, err
	}
	number, err := nextBuild(ctx, f.config.Warehouse)
	if err != nil {
		return Result{}, err
	}
	result, err := f.begin(s, cutOff, number, o).run(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("building edition %s: %w", cutOff, err)
	}
	// The build before is still being read by queries under way; it goes at the next clean.
	err = f.patience().Do(ctx, func(ctx context.Context) error { return f.clean(ctx, there.Build) })
	if err != nil {
		return Result{}, err
	}
	return result, nil
}

func (f *Builder) begin(s *scope, cutOff schemas.Date, number uint64, o Options) *building {
	return &building{
		attempt: &attempt{DB: f.config.Warehouse, build: number, cutOff: cutOff, scope: s},
		facts:   f, options: o, began: time.Now(),
	}
}

// building is a Build under way.
type building struct {
	*attempt
	facts   *Builder
	options Options
	began   time.Time
	stages  []Stage

	people    uint64
	conflicts uint64
	records   uint64 // that hold
	held      []*holding
	gridEnd   schemas.Date
}

func (b *building) run(ctx context.Context) (Result, error) {
	if err := b.mark(ctx, "open"); err != nil {
		return Result{}, err
	}
	err := b.work(ctx)
	// A build that is closed is not worked on any more, whether it stands or not.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if err != nil {
		_ = b.mark(closing, "closed") // else the next build closes it
		return Result{}, err
	}
	var result Result
	err = b.facts.patience().Do(ctx, func(ctx context.Context) (err error) {
		if err := b.mark(ctx, "closed"); err != nil {
			return err
		}
		result, err = b.finish(ctx)
		return err
	})
	return result, err
}

func (b *building) mark(ctx context.Context, status string) error {
	err := b.DB.Exec(ctx, "INSERT INTO ops.build (build, edition, started_at, status, written_at) SELECT ?, ?, ?, ?, "+
		warehouse.After("ops.build", "written_at", "build = ?"), b.build, b.cutOff.Time(), b.began, status, b.build)
	if err != nil {
		return fmt.Errorf("noting the build: %w", err)
	}
	return nil
}

// work does everything up to the last slice. The workers of this process start
// at once: they join their consumer group while the tables are made.
func (b *building) work(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	worked := make(chan error, 1)
	go func() { worked <- b.facts.pool.Work(ctx) }()
	done := make(chan error, 1)
	go func() { done <- b.prepareAndWait(ctx) }()
	select {
	case err := <-done:
		cancel()
		<-worked
		return err
	case err := <-worked:
		cancel()
		<-done
		if err == nil {
			err = context.Cause(ctx)
		}
		return err
	}
}

func (b *building) prepareAndWait(ctx context.Context) error {
	slices, err := b.prepare(ctx)
	if err != nil {
		return err
	}
	if err := b.facts.pool.Hand(ctx, slices); err != nil {
		return err
	}
	if err := b.await(ctx, len(slices)); err != nil {
		return err
	}
	b.lap("route and write")
	return nil
}

// prepare makes the work tables and cuts the persons into slices.
func (b *building) prepare(ctx context.Context) ([]slice.Slice, error) {
	if err := b.writeScope(ctx); err != nil {
		return nil, err
	}
	held, err := b.hold(ctx)
	if err != nil {
		return nil, err
	}
	salt, err := b.link(ctx, held)
	if err != nil {
		return nil, err
	}
	if err := b.writeFirstLinks(ctx, salt); err != nil {
		return nil, err
	}
	for _, h := range held {
		if err := h.shuffle(ctx, salt); err != nil {
			return nil, err
		}
	}
	b.lap("sort by person")
	b.gridEnd = route.GridEnd(b.cutOff, b.scope.horizon)
	return b.slices(int(b.people), b.facts.config.SlicePersons, b.gridEnd, b.options.Definitions), nil
}

// lap notes the time of a stage that ends now.
func (b *building) lap(name string) {
	took := time.Since(b.began)
	for _, s := range b.stages {
		took -= s.Took
	}
	b.stages = append(b.stages, Stage{Name: name, Took: took})
	b.facts.config.Log.Debug("stage of a build done", zap.String("stage", name), zap.Duration("took", took))
}

// hold finds what holds of every record.
func (b *building) hold(ctx context.Context) ([]*holding, error) {
	var held []*holding
	for _, t := range slice.NewTables() {
		h := &holding{attempt: b.attempt, record: schemas.RecordOf(t.Record()), columns: t.Columns()}
		if err := h.find(ctx); err != nil {
			return nil, err
		}
		held = append(held, h)
	}
	b.held = held
	b.lap("which records hold")
	return held, nil
}

// link makes the persons and returns the salt of the link table's hashes.
func (b *building) link(ctx context.Context, held []*holding) (salt string, err error) {
	var graph link.Graph
	for _, h := range held {
		rows, err := h.pairs(ctx, &graph)
		if err != nil {
			return "", err
		}
		b.records += rows
	}
	persons := graph.Persons()
	b.people = uint64(persons.Len())
	if salt, err = saltFor(persons); err != nil {
		return "", err
	}
	if err := b.writeLinks(ctx, persons, salt); err != nil {
		return "", err
	}
	if err := b.writeConflicts(ctx, persons.Conflicts); err != nil {
		return "", err
	}
	b.lap("link")
	return salt, nil
}

// await waits until every slice is reported done.
func (b *building) await(ctx context.Context, slices int) error {
	done, since := 0, time.Now()
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for done < slices {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
		n, err := b.slicesDone(ctx)
		if err != nil {
			return err
		}
		if int(n) > done {
			done, since = int(n), time.Now()
			if b.options.Progress != nil {
				b.options.Progress(done, slices)
			}
		}
		if time.Since(since) > b.options.Stall {
			return fmt.Errorf("no slice was finished for %s: see the logs of the workers, then run the same command again", b.options.Stall)
		}
	}
	return nil
}

func (b *building) slicesDone(ctx context.Context) (n uint64, err error) {
	// The workers wait for the server too: nothing of their work is lost by waiting with them.
	err = b.facts.patience().Do(ctx, func(ctx context.Context) error {
		return b.DB.QueryRow(ctx, "SELECT uniqExact(slice) FROM ops.slice WHERE build = ?", b.build).Scan(&n)
	})
	if err != nil {
		return 0, fmt.Errorf("asking which slices are done: %w", err)
	}
	return n, nil
}

// finish reconciles and makes the build stand.
func (b *building) finish(ctx context.Context) (Result, error) {
	e := Edition{
		CutOff: b.cutOff, Build: b.build, BuiltAt: time.Now(), Inputs: b.scope.inputs(b.options.Definitions),
		DefinitionVersion: b.options.Definitions, Horizon: b.scope.horizon, GridEnd: b.gridEnd, Deliveries: uint64(len(b.scope.loads)),
		Synthetic: b.scope.synthetic(),
	}
	if err := b.reconcile(ctx, &e); err != nil {
		return Result{}, err
	}
	if err := b.controlTotals(ctx); err != nil {
		return Result{}, err
	}
	b.lap("control totals")
	if err := b.writeInputs(ctx); err != nil {
		return Result{}, err
	}
	if err := e.stand(ctx, b.DB); err != nil {
		return Result{}, err
	}
	b.lap("stand")
	return Result{Edition: e, Outcome: Built, Stages: b.stages}, nil
}

var errNotReconciled = errors.New("the build does not add up and was thrown away; run the same command again")
