package edition

import (
	"context"
	"fmt"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/link"
	"doorstroom/pipelines/route"
	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// begin gives a build that has not done anything yet.
func (b *Builder) begin(s *versions.Scope, cutOff schemas.Date, number uint64, o Options) *building {
	return &building{
		workspace: &workspace{DB: b.config.Warehouse, build: number, cutOff: cutOff, scope: s},
		builder:   b, options: o, began: time.Now(),
	}
}

// building is a Build under way.
type building struct {
	*workspace
	builder *Builder
	options Options
	began   time.Time
	phases  []Phase

	people    uint64
	conflicts uint64
	records   uint64 // effective ones
	effective []*effectiveRecords
	gridEnd   schemas.Date
}

func (b *building) run(ctx context.Context) (Result, error) {
	if err := b.mark(ctx, "open"); err != nil {
		return Result{}, err
	}
	err := b.work(ctx)
	// A build that is closed is not worked on any more, whether it became current or not.
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if err != nil {
		_ = b.mark(closing, "closed") // else the next build closes it
		return Result{}, err
	}
	var result Result
	err = b.builder.patience().Do(ctx, func(ctx context.Context) (err error) {
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
	go func() { worked <- b.builder.pool.Work(ctx) }()
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
	if err := b.builder.pool.Hand(ctx, slices); err != nil {
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
	if err := b.findEffective(ctx); err != nil {
		return nil, err
	}
	salt, err := b.link(ctx)
	if err != nil {
		return nil, err
	}
	if err := b.writeFirstLinks(ctx, salt); err != nil {
		return nil, err
	}
	for _, e := range b.effective {
		if err := e.shuffle(ctx, salt); err != nil {
			return nil, err
		}
	}
	b.lap("sort by person")
	b.gridEnd = route.GridEnd(b.cutOff, b.scope.Horizon)
	return b.slices(int(b.people), b.builder.config.SlicePersons, b.gridEnd, b.options.Definitions), nil
}

// lap notes the time of a phase that ends now.
func (b *building) lap(name string) {
	took := time.Since(b.began)
	for _, p := range b.phases {
		took -= p.Took
	}
	b.phases = append(b.phases, Phase{Name: name, Took: took})
	b.builder.config.Log.Debug("phase of a build done", zap.String("phase", name), zap.Duration("took", took))
}

// findEffective finds the effective records of every kind.
func (b *building) findEffective(ctx context.Context) error {
	for _, t := range slice.NewTables() {
		e := b.effectiveOf(schemas.RecordOf(t.Record()), columnsOf(t))
		if err := e.find(ctx); err != nil {
			return err
		}
		b.effective = append(b.effective, e)
	}
	b.lap("effective records")
	return nil
}

// link makes the persons and returns the salt of the link table's hashes.
func (b *building) link(ctx context.Context) (salt string, err error) {
	var graph link.Graph
	for _, e := range b.effective {
		rows, err := e.pairs(ctx, &graph)
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
