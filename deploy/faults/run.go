package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"time"
)

// maxTries bounds how often a step is started: a fault that is over must not keep it from its end.
const maxTries = 5

// result is what one seed came to.
type result struct {
	seed          uint64
	faults        []hit
	lost, doubled int
	differs       string
}

// hit is a fault that met a command under way.
type hit struct {
	name string
	// ended tells that the command ended and was started again.
	ended bool
	// recovery is the time from when the broken part was back, or the command started again, to the end of the step.
	recovery time.Duration
}

// run does the steps in a place of their own, each with one or two faults, and compares.
func (w *world) run(ctx context.Context, seed uint64) (*result, error) {
	random := rand.New(rand.NewPCG(seed, 0))
	name := "seed " + strconv.FormatUint(seed, 10)
	p := w.place(name)
	defer os.RemoveAll(p.data)
	faults := processFaults
	if random.IntN(3) == 0 {
		n, err := newNetwork(ctx, w, p)
		if err != nil {
			return nil, err
		}
		defer n.stop()
		faults = n.faults
	}
	r := &result{seed: seed}
	for _, s := range steps {
		var plan []fault
		for range 1 + random.IntN(2) {
			choice := faults(random)
			f := choice[random.IntN(len(choice))]
			f.at = 0.8 * random.Float64() // later ones would often come after the end
			plan = append(plan, f)
		}
		hits, err := w.through(ctx, p, s, plan)
		if err != nil {
			return nil, err
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

// through starts a step until it is done, each time with the next fault of the plan.
func (w *world) through(ctx context.Context, p *place, s step, plan []fault) (hits []hit, err error) {
	back := time.Time{}
	for range maxTries {
		c, err := p.start(ctx, w.args(s)...)
		if err != nil {
			return nil, err
		}
		ends := false
		if len(plan) > 0 {
			f := plan[0]
			plan = plan[1:]
			select {
			case <-c.ended:
			case <-time.After(time.Duration(f.at * float64(w.took[s]))):
				switch err := f.do(ctx, c); {
				case errors.Is(err, errMissed):
				case err != nil:
					return nil, fmt.Errorf("%s: %w", f.name, err)
				default:
					ends, back = f.ends, time.Now()
					hits = append(hits, hit{name: string(s) + ": " + f.name})
				}
			}
		}
		<-c.ended
		if c.failure == nil {
			for i := range hits {
				hits[i].recovery = time.Since(back)
			}
			return hits, nil
		}
		if !ends {
			return nil, c.failure
		}
		hits[len(hits)-1].ended = true
		back = time.Now()
	}
	return nil, fmt.Errorf("step %s is not done after %d starts", s, maxTries)
}
