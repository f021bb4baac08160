// Package audit attacks published tables as an outsider would who has all of
// them, adds and subtracts, and knows how they were rounded: it finds the least
// and the greatest whole number that every suppressed cell and every difference
// can be.
//
// Both ends are proven. A number that can be is shown by a point: whole numbers
// for all cells at once that fit everything published. That nothing beyond it
// can be is shown by multipliers of the sums, weighed in whole numbers. What
// finds points and multipliers, small changes and linear programs in floating
// point, is not trusted.
//
// The package shares the model of cells with what protects tables, and nothing
// else: an error there is not repeated here.
package audit

import (
	"context"
	"fmt"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"doorstroom/pipelines/disclosure/cells"
)

// attack is what the public knows, divided into programs.
type attack struct {
	view     *cells.View
	system   *system
	programs []*program
	places   []place
	with     Options
}

// Options of an attack; the zero value wants exact ranges.
type Options struct {
	// Enough lets a range that is proven to be wide enough be inexact.
	Enough bool
	// Known are counts of the cells that fit, such as the true ones, for who has them. They only save looking
	// for such counts: when they do not fit they are left aside.
	Known []int64
	// Progress is told how many of how many questions are answered, from several goroutines.
	Progress func(done, total int)
}

// newAttack narrows what is known by each sum alone. It returns a
// *cells.Refusal when the tables do not add up.
func newAttack(v *cells.View, with Options) (*attack, error) {
	s := newSystem(v)
	if bad := narrow(s.rows, s.in, s.spans); bad >= 0 {
		return nil, doesNotAddUp(v, s.rows[bad].cell)
	}
	a := &attack{view: v, system: s, with: with}
	a.programs, a.places = s.programs()
	return a, nil
}

func doesNotAddUp(v *cells.View, cell int) error {
	return v.Refuse("", cell, "does not add up with the other cells: no whole numbers fit the published figures, whatever the suppressed counts are; correct the figures, or give rows to the categories that are missing")
}

// Ranges answers questions about cells and differences. It returns a
// *cells.Refusal when the tables do not add up, and ErrNotFinished when an
// answer could not be proven before the context ended.
//
// Known is as in Options, and may be nil.
func Ranges(ctx context.Context, v *cells.View, questions []cells.Question, known []int64) ([]cells.Range, error) {
	a, err := newAttack(v, Options{Known: known})
	if err != nil {
		return nil, err
	}
	tasks := make([]task, len(questions))
	for i, q := range questions {
		tasks[i] = task{quantity: a.quantity(q.New, q.Old), settled: wide(q.Enough), enough: q.Enough, glance: q.Glance}
	}
	return a.run(ctx, tasks)
}

// wide tells that a range is settled once it is this wide; 0 wants it exactly.
func wide(enough int64) func(cells.Range) bool {
	return func(r cells.Range) bool {
		return enough > 0 && (r.Bottomless || r.Endless || r.High-r.Low >= enough)
	}
}

// task is a question in terms of the programs.
type task struct {
	quantity
	settled func(met cells.Range) bool // whether what is met already answers it
	enough  int64                      // a width that does; 0 when the range is to be exact
	glance  bool                       // whether what is met shortly will do
}

// shortBranches is how many branches all glances of an attack may have
// together. It is a number of branches, not a time, so that an attack finds the
// same wherever it runs.
const shortBranches = 2_000

// lanes is how many workers an attack has, on however many processors, so that it finds the same everywhere.
const lanes = 4

// run answers the tasks, on as many processors as there are. That every
// program has a solution is looked at first, so that tables which do not add up
// are refused wherever they do not.
func (a *attack) run(ctx context.Context, tasks []task) ([]cells.Range, error) {
	short := max(3, min(100, shortBranches/max(1, len(tasks))))
	workers := make([]*worker, lanes)
	for i := range workers {
		workers[i] = &worker{attack: a, searches: make([]*search, len(a.programs)), short: short}
	}
	err := share(ctx, workers, len(a.programs), func(w *worker, i int) error { _, err := w.search(ctx, i); return err })
	if err != nil {
		return nil, err
	}
	answers := make([]cells.Range, len(tasks))
	var done atomic.Int64
	err = share(ctx, workers, len(tasks), func(w *worker, i int) (err error) {
		answers[i], err = w.answer(ctx, tasks[i])
		if a.with.Progress != nil {
			a.with.Progress(int(done.Add(1)), len(tasks))
		}
		return err
	})
	return answers, err
}

// share has workers do n jobs. Which worker does which is fixed, because what a
// glance meets depends on what its worker met before; each takes a stretch at a
// time, because neighbours share their programs.
func share(ctx context.Context, workers []*worker, n int, do func(*worker, int) error) error {
	const stretch = 8
	var group errgroup.Group
	var failed atomic.Bool
	for lane, w := range workers {
		group.Go(func() error {
			for i := range n {
				if i/stretch%len(workers) != lane || failed.Load() {
					continue
				}
				err := ctx.Err()
				if err != nil {
					err = fmt.Errorf("%w after %d of %d", ErrNotFinished, i, n)
				} else {
					err = do(w, i)
				}
				if err != nil {
					failed.Store(true)
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}
