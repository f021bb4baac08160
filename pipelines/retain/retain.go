package retain

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/warehouse"
)

// Periods are how many days something is kept; 0 is for ever.
type Periods struct {
	// Messages of Kafka that were loaded.
	Messages int
	// Refused: raw rows of deliveries that were refused for good, and of attempts that were never decided.
	Refused int
	// Held: raw rows of deliveries that an operator may still release, held or withdrawn.
	Held int
	// Replaced: raw rows that a newer full delivery replaced.
	Replaced int
	// Builds: facts of builds that are not current.
	Builds int
	// Copies of delivered files that the program made itself, from the decision on.
	Copies int
	// Ledger: runs and their steps, messages that could not be read, builds that are not current.
	Ledger int
}

// Removal is something whose period is over.
type Removal struct {
	Layer, What string
	Load        uint64
	Record      string
	Amount      uint64
	Unit        string
	Days        int
	// Before is the end of what is kept: what is older goes.
	Before time.Time
}

// Layers, as in ops.retention.
const (
	Messages  = "messages"
	Refused   = "refused"
	Held      = "held"
	Undecided = "undecided"
	Replaced  = "replaced"
	Builds    = "builds"
	Copies    = "copies"
	Ledger    = "ledger"
)

// Seen is the unit of what is noted the first time and removed when that is long enough ago: nothing else tells its age.
const Seen = "seen"

// Job removes what is too old at a moment.
type Job struct {
	Warehouse *warehouse.DB
	Kafka     kafka.Cluster
	Periods   Periods
	Now       time.Time
	// DryRun only tells.
	DryRun bool
}

// Layer is a layer and for how many days it is kept; 0 is for ever.
type Layer struct {
	Name string
	Days int
}

// Layers are all of them, in the order in which they are looked through.
func (p Periods) Layers() []Layer {
	return []Layer{{Messages, p.Messages}, {Refused, p.Refused}, {Undecided, p.Refused}, {Held, p.Held},
		{Replaced, p.Replaced}, {Builds, p.Builds}, {Ledger, p.Ledger}, {Copies, p.Copies}}
}

// step is one removal with how it is done.
type step struct {
	Removal
	remove func(context.Context) error
}

// Run removes what is too old, layer by layer, and gives what that was. One
// that was broken off is done by the next.
func (j *Job) Run(ctx context.Context) (removed []Removal, err error) {
	find := map[string]func(context.Context, time.Time) ([]step, error){
		Messages: j.messages, Refused: j.refused, Undecided: j.undecided, Held: j.releasable, Replaced: j.replaced, Builds: j.builds, Ledger: j.ledger,
	}
	for _, layer := range j.Periods.Layers() {
		if layer.Days == 0 || find[layer.Name] == nil { // copies are not in the warehouse
			continue
		}
		before := j.before(layer.Days)
		steps, err := find[layer.Name](ctx, before)
		if err != nil {
			return removed, fmt.Errorf("looking for what of layer %s is too old: %w", layer.Name, err)
		}
		for _, s := range steps {
			s.Layer, s.Days, s.Before = layer.Name, layer.Days, before
			if err := j.Do(ctx, s.Removal, s.remove); err != nil {
				return removed, err
			}
			removed = append(removed, s.Removal)
		}
	}
	return removed, nil
}

// Do notes a removal and does it, or nothing in a dry run.
func (j *Job) Do(ctx context.Context, r Removal, remove func(context.Context) error) error {
	if j.DryRun {
		return nil
	}
	err := j.Warehouse.Exec(ctx, "INSERT INTO ops.retention (at, layer, what, load_id, record, amount, unit, days, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		j.Now, r.Layer, r.What, r.Load, r.Record, r.Amount, r.Unit, uint32(r.Days), r.Before)
	if err != nil {
		return fmt.Errorf("noting what is removed: %w", err)
	}
	if remove == nil {
		return nil
	}
	if err := remove(ctx); err != nil {
		return fmt.Errorf("removing %s of layer %s; the next 'doorstroom retain' tries again: %w", r.What, r.Layer, err)
	}
	return nil
}

// CopiesBefore is the moment before which a delivery must have been decided for its copies to go; false when they stay.
func (j *Job) CopiesBefore() (time.Time, bool) {
	return j.before(j.Periods.Copies), j.Periods.Copies > 0
}

// before is midnight, so that a day that is kept is kept whole.
func (j *Job) before(days int) time.Time {
	return j.Now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -days)
}
