package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

// maxDraws bounds how often a seed is drawn again because a moment came after the end of its step.
const maxDraws = 8

// result is what one seed came to.
type result struct {
	seed          uint64
	offered       []string // the kinds of faults that the run could have
	faults        []hit
	lost, doubled int
	differs       string
}

// hit is a fault that met a command under way.
type hit struct {
	name string
	// ended tells that the command ended and was started again.
	ended bool
	// recovery is the time from when the broken part was back, or the command started again, to the end of the step;
	// late is how much of it an undisturbed command would not have needed.
	recovery, late time.Duration
}

// errTooLate says that a moment came after the end of its step, so that nothing was shown.
var errTooLate = errors.New("the step was done before the moment of its fault")

// run does the steps in a place of their own, each with a fault that meets it, and compares.
func (w *world) run(ctx context.Context, seed uint64) (*result, error) {
	for draw := range uint64(maxDraws) {
		r, err := w.draw(ctx, seed, draw)
		if !errors.Is(err, errTooLate) {
			return r, err
		}
	}
	return nil, fmt.Errorf("%d draws: %w", maxDraws, errTooLate)
}

// runs does the seeds from first on, some side by side. What went wrong is in the error; the tally has the rest.
func (w *world) runs(ctx context.Context, first, seeds uint64, side int) (*tally, error) {
	results, failed := make([]*result, seeds), make([]error, seeds)
	var group errgroup.Group
	group.SetLimit(side)
	for i := range seeds {
		group.Go(func() error {
			var err error
			if results[i], err = w.run(ctx, first+i); err != nil {
				failed[i] = fmt.Errorf("seed %d: %w", first+i, err)
			}
			return nil
		})
	}
	_ = group.Wait() // each has its error in its place
	list := new(tally)
	for _, r := range results {
		if r != nil {
			list.add(r)
		}
	}
	return list, errors.Join(errors.Join(failed...), list.verdict())
}

// ownEngines tells whether a seed breaks the program with its embedded engines; else it has servers behind proxies.
// turn is the index of the seed among those of its sort, from 0.
func ownEngines(seed uint64) (own bool, turn int) {
	if seed%3 == 0 {
		return true, int(seed/3) - 1
	}
	return false, int(seed - 1 - seed/3)
}

// surroundings prepares what a seed breaks.
func (w *world) surroundings(ctx context.Context, p *place, seed uint64) (faults func(*rand.Rand) []fault, stop func(), err error) {
	if own, _ := ownEngines(seed); own {
		d, err := mountDisk(p.data)
		if err != nil {
			return nil, nil, err
		}
		return func(r *rand.Rand) []fault { return processFaults(d, r) }, func() { _ = d.unmount() }, nil
	}
	n, err := newNetwork(ctx, w, p)
	if err != nil {
		return nil, nil, err
	}
	return func(r *rand.Rand) []fault { return append(n.faults(r), w.joinAndLeave(p, r)) }, n.stop, nil
}

// draw is one try at a seed.
func (w *world) draw(ctx context.Context, seed, draw uint64) (*result, error) {
	random := rand.New(rand.NewPCG(seed, draw))
	p := w.place(fmt.Sprintf("seed %d draw %d", seed, draw))
	defer os.RemoveAll(p.data)
	faults, stop, err := w.surroundings(ctx, p, seed)
	if err != nil {
		return nil, err
	}
	defer stop()
	r := &result{seed: seed}
	_, turn := ownEngines(seed)
	for i, s := range steps {
		// Every kind has its turn, in each step by and by; what comes when the command has to start again is drawn.
		choice := faults(random)
		at := len(steps)*turn + i
		plan := []fault{choice[(at+at/len(choice))%len(choice)]}
		if random.IntN(2) == 0 {
			choice = faults(random)
			plan = append(plan, choice[random.IntN(len(choice))])
		}
		for j := range plan {
			plan[j].at = 0.8 * random.Float64() / float64(1+draw) // what came too late comes earlier
		}
		for _, f := range choice {
			r.offered = append(r.offered, f.name)
		}
		hits, err := w.through(ctx, p, s, plan)
		if err != nil {
			return nil, err
		}
		if len(hits) == 0 {
			return nil, errTooLate
		}
		r.faults = append(r.faults, hits...)
	}
	got, err := p.contents(ctx)
	if err != nil {
		return nil, err
	}
	r.lost, r.doubled, r.differs = w.want.compare(got)
	return r, nil
}

// through starts a step until it is done, each time with the next fault of the plan, and once more after the last. No
// hits says that the first one missed it. A command that ends as its fault does not allow is an error.
func (w *world) through(ctx context.Context, p *place, s step, plan []fault) (hits []hit, err error) {
	back, rest := time.Time{}, time.Duration(0)
	for try := range len(plan) + 1 {
		began, met := time.Now(), ""
		c, err := p.start(ctx, w.args(s)...)
		if err != nil {
			return nil, err
		}
		if try < len(plan) {
			f := plan[try]
			switch err := w.breakAt(ctx, c, s, f); {
			case errors.Is(err, errMissed):
			case err != nil:
				return nil, fmt.Errorf("%s: %w", f.name, err)
			default:
				met, back, rest = f.name, time.Now(), w.took[s]-time.Since(began)
				hits = append(hits, hit{name: string(s) + ": " + f.name})
			}
		}
		<-c.ended
		if c.failure == nil {
			for i := range hits {
				hits[i].recovery = time.Since(back)
				hits[i].late = max(0, hits[i].recovery-max(0, rest))
			}
			return hits, nil
		}
		if err := mayEnd(met, c.failure); err != nil {
			return nil, fmt.Errorf("start %d of step %s, after %s: %w", try+1, s, names(hits), err)
		}
		hits[len(hits)-1].ended = true
		back, rest = time.Now(), w.took[s]
	}
	return nil, fmt.Errorf("step %s is not done after its faults, %s", s, names(hits))
}

// breakAt waits for the moment of a fault and does it, or as soon after as there is something to break.
func (w *world) breakAt(ctx context.Context, c *command, s step, f fault) error {
	select {
	case <-c.ended:
		return errMissed
	case <-c.err.told(1 + int(f.at*float64(w.told[s]))):
	}
	for {
		if err := f.do(ctx, c); !errors.Is(err, errMissed) {
			return err
		}
		select {
		case <-c.ended:
			return errMissed
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func names(hits []hit) string {
	text := strconv.Itoa(len(hits)) + " faults"
	for _, h := range hits {
		text += ", " + h.name
	}
	return text
}
