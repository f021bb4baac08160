// Package synth makes synthetic suppliers: a population of permit holders, asylum seekers and displaced Ukrainians whose lives follow published figures,
// and the deliveries in which COA, municipalities, UWV, DUO and IDW would tell of them, traps of real data included.
//
// Nobody in it exists. The population is made person by person from the seed and the person's number alone, so the same arguments give the same bytes and
// memory does not grow with the number of persons. docs/synthetic_population.md describes the model, its calibration and the traps.
package synth

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"doorstroom/connectors/synth/calendar"
)

// Options say what Generate makes.
type Options struct {
	Out     string    // folder for the deliveries; it must be empty or not exist yet
	Persons int       // people in all
	Seed    uint64    // another seed gives another population
	AsOf    time.Time // day on which the latest deliveries are drawn; its date counts

	// Progress, when set, is told how much of the work is done. Calls come one at a time; done grows to total.
	Progress func(done, total int)
}

// Bounds of Options. Before the first as-of day the full deliveries, a year older, would lie before the municipal mergers that the deliveries follow.
const (
	mostPersons = 20_000_000
)

var (
	firstAsOf = calendar.DayOf(2024, 7, 1)
	lastAsOf  = calendar.DayOf(2030, 12, 31)
)

// ErrOptions marks arguments that Generate cannot work with.
var ErrOptions = errors.New("wrong option")

// spoolName is the folder below Out that holds rows on their way to their files.
const spoolName = ".spool"

// Generate writes OUT/<supplier>/<delivery_id>/ for all suppliers: one full delivery a year before the as-of day and mutations after it. A delivery has
// no manifest before all of it is there; when Generate fails or ctx ends, the deliveries without one are unfinished.
func Generate(ctx context.Context, o Options) error {
	if err := o.check(); err != nil {
		return err
	}
	w, err := newWorld(o.Seed, calendar.DayOfTime(o.AsOf), o.Persons)
	if err != nil {
		return err
	}
	r := &run{world: w, out: o.Out, persons: o.Persons, progress: o.Progress}
	if err := r.prepare(); err != nil {
		return err
	}
	defer os.RemoveAll(filepath.Join(o.Out, spoolName))
	if err := r.make(ctx); err != nil {
		return err
	}
	return r.finish(ctx)
}

func (o *Options) check() error {
	asOf := calendar.DayOfTime(o.AsOf)
	switch {
	case o.Persons < 1 || o.Persons > mostPersons:
		return fmt.Errorf("%w: persons must lie between 1 and %d", ErrOptions, mostPersons)
	case asOf < firstAsOf || asOf > lastAsOf:
		return fmt.Errorf("%w: the as-of day must lie between %s and %s", ErrOptions, firstAsOf.ISO(), lastAsOf.ISO())
	case o.Out == "":
		return fmt.Errorf("%w: no folder for the deliveries", ErrOptions)
	}
	entries, err := os.ReadDir(o.Out)
	if err == nil && len(entries) > 0 {
		return fmt.Errorf("%w: the folder for the deliveries is not empty; name a new one, or empty it first", ErrOptions)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("look into the folder for the deliveries: %w", err)
	}
	return nil
}

// run is one call of Generate.
type run struct {
	world    *world
	out      string
	persons  int
	progress func(done, total int)
	done     int
}

func (r *run) dir(d *delivery) string { return filepath.Join(r.out, d.supplier, d.id) }

// prepare makes the folders and tells each file where it grows.
func (r *run) prepare() error {
	spool := filepath.Join(r.out, spoolName)
	if err := os.MkdirAll(spool, 0o700); err != nil {
		return fmt.Errorf("make the folder for the deliveries: %w", err)
	}
	for _, d := range r.world.plan.deliveries {
		if err := os.MkdirAll(r.dir(d), 0o700); err != nil {
			return fmt.Errorf("make the folder of delivery %s: %w", d.id, err)
		}
		if d.resends != nil {
			continue
		}
		for _, f := range d.files {
			f.spooled = f.format == "parquet" || f.format == "json"
			f.path = filepath.Join(r.dir(d), f.name)
			if f.spooled {
				f.path = joinPath(spool, f)
			}
			if d.supplier == "municipality" {
				f.buf = append(f.buf, d.dialect.header(columns[f.record].names)...)
			}
		}
	}
	return nil
}

// make lets workers turn blocks of persons into rows and appends the blocks in their order.
func (r *run) make(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	workers := runtime.GOMAXPROCS(0)
	order := make(chan chan *block, workers)
	free := make(chan *block, 2*workers+2)
	for range cap(free) {
		free <- &block{chunks: make([]chunk, len(r.world.plan.files))}
	}
	type task struct {
		from int
		done chan *block
	}
	tasks := make(chan task)
	g.Go(func() error {
		defer close(order)
		defer close(tasks)
		for from := 0; from < r.persons; from += blockPersons {
			t := task{from, make(chan *block, 1)}
			for _, send := range []func() error{
				func() error { return offer(ctx, order, t.done) },
				func() error { return offer(ctx, tasks, t) },
			} {
				if err := send(); err != nil {
					return err
				}
			}
		}
		return nil
	})
	for range workers {
		g.Go(func() error {
			maker := newMaker(r.world)
			for t := range tasks {
				select {
				case b := <-free:
					maker.fill(b, t.from, min(t.from+blockPersons, r.persons))
					t.done <- b
				case <-ctx.Done():
					return context.Cause(ctx)
				}
			}
			return nil
		})
	}
	g.Go(func() error {
		for next := range order {
			select {
			case b := <-next:
				if err := r.append(b); err != nil {
					return err
				}
				free <- b
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		}
		return nil
	})
	return g.Wait()
}

func offer[T any](ctx context.Context, to chan<- T, v T) error {
	select {
	case to <- v:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// append adds a block to the files and empties it.
func (r *run) append(b *block) error {
	for i := range b.chunks {
		c := &b.chunks[i]
		if c.rows == 0 {
			continue
		}
		if err := r.world.plan.files[i].append(c.text, c.rows, c.control); err != nil {
			return err
		}
		c.text, c.rows, c.control = c.text[:0], 0, 0
	}
	r.advance(min(blockPersons, r.persons-r.done))
	return nil
}

// advance counts work: the persons once for their rows and once for their files.
func (r *run) advance(n int) {
	r.done += n
	if r.progress != nil {
		r.progress(r.done, 2*r.persons)
	}
}

// finish gives the spooled rows their form, a few files side by side, and ends the deliveries in the order of their dates.
func (r *run) finish(ctx context.Context) error {
	if err := r.convert(ctx); err != nil {
		return err
	}
	deliveries := append([]*delivery(nil), r.world.plan.deliveries...)
	sort.SliceStable(deliveries, func(i, j int) bool { return deliveries[i].drawn < deliveries[j].drawn })
	for _, d := range deliveries {
		if err := context.Cause(ctx); err != nil {
			return err
		}
		if d.resends != nil {
			if err := d.copyFiles(r.dir(d.resends), r.dir(d)); err != nil {
				return err
			}
		}
		if err := d.writeManifest(r.dir(d)); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) convert(ctx context.Context) error {
	var spooled []*file
	for _, f := range r.world.plan.files {
		if !f.spooled {
			continue
		}
		if len(f.buf) > 0 {
			if err := f.flush(); err != nil {
				return err
			}
		}
		f.buf = nil
		// A mutation names the months that changed; the others have no file in it.
		if f.record == uwvEmployment && f.rows == 0 && !f.delivery.full {
			continue
		}
		spooled = append(spooled, f)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	var ready atomic.Int64
	for _, f := range spooled {
		g.Go(func() error {
			if err := context.Cause(ctx); err != nil {
				return err
			}
			defer ready.Add(1)
			return r.form(f)
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	r.advance(2*r.persons - r.done)
	return nil
}

// form writes a spooled file in its own format.
func (r *run) form(f *file) error {
	dir := r.dir(f.delivery)
	switch f.record {
	case uwvEmployment:
		return r.world.wageFile(f, dir)
	case uwvWorkPermit:
		return f.workPermitFile(dir)
	default:
		return f.jsonPages(dir)
	}
}
