package delivery

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"go.uber.org/zap"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Statuses of a decided delivery.
const (
	Accepted = "accepted"
	Refused  = "refused"
)

// DefaultStall is how long the loader may stand still while deliveries wait for a decision.
const DefaultStall = 2 * time.Minute

// Verdict is what was decided about a delivery.
type Verdict struct {
	schemas.Closed // its Reason is the final one
	Status         string
	// RowsInFiles, RowsAccepted and RowsQuarantined are as in ops.delivery: nothing is accepted of a refused delivery.
	RowsInFiles, RowsAccepted, RowsQuarantined uint64
}

// Drainer waits until all that is in the topics is in the raw tables.
type Drainer interface {
	// Drain gives up with kafka.ErrStalled when nothing moves for as long as stall, or as patience while a server is away.
	Drain(ctx context.Context, stall, patience time.Duration) error
}

// Decider accepts or refuses deliveries once the raw tables hold their rows.
type Decider struct {
	Warehouse *warehouse.DB
	Loader    Drainer
	// Stall is how long the loader may stand still; 0 is DefaultStall.
	Stall time.Duration
	// Patience is how long the warehouse may be away; 0 is warehouse.DefaultPatience.
	Patience time.Duration
	Log      *zap.Logger
}

// Decide decides the closed deliveries of one run, per supplier in the order of
// (drawn_on, delivery_id), and writes the decisions to ops. A delivery that was
// decided before keeps its decision. When the raw tables do not hold what a
// delivery promised, the error names it, record and file; it and the later ones
// of its supplier stay undecided, and the verdicts on all others are returned.
// While the warehouse is away Decide tries again; when that lasts longer than Patience, the error wraps warehouse.ErrAway.
func (d *Decider) Decide(ctx context.Context, closed []schemas.Closed) ([]Verdict, error) {
	if len(closed) == 0 {
		return nil, nil
	}
	closed = inOrder(closed)
	patience := warehouse.Patience{For: d.Patience, Log: d.Log}
	var known *Known
	var past *history
	var faults map[uint64]error
	err := patience.Do(ctx, func(ctx context.Context) (err error) {
		if known, err = Decisions(ctx, d.Warehouse); err != nil {
			return err
		}
		if past, err = loadHistory(ctx, d.Warehouse); err != nil {
			return err
		}
		faults, err = d.reconcile(ctx, closed)
		return err
	})
	if err != nil {
		return nil, err
	}
	verdicts, err := judge(closed, known, past, faults)
	storeErr := patience.Do(ctx, func(ctx context.Context) error { return d.store(ctx, verdicts) })
	if storeErr != nil {
		return nil, storeErr
	}
	for _, v := range verdicts {
		d.log(v)
	}
	return verdicts, err
}

// inOrder sorts by supplier, then as the contract orders deliveries.
func inOrder(closed []schemas.Closed) []schemas.Closed {
	closed = slices.Clone(closed)
	slices.SortStableFunc(closed, func(a, b schemas.Closed) int {
		return cmp.Or(cmp.Compare(a.Supplier, b.Supplier), cmp.Compare(a.DrawnOn, b.DrawnOn), cmp.Compare(a.DeliveryID, b.DeliveryID))
	})
	return closed
}

// judge is the pure part of Decide; faults are by load id.
func judge(closed []schemas.Closed, known *Known, past *history, faults map[uint64]error) (verdicts []Verdict, err error) {
	broken := make(map[string]bool) // suppliers with a delivery that cannot be decided
	for _, c := range closed {
		same, otherAccepted := known.Decided(c.Supplier, c.DeliveryID, c.ManifestSHA256)
		if same || broken[c.Supplier] {
			continue
		}
		if c.Reason == "" && otherAccepted {
			c.Reason = schemas.DeliveryIDReused
		}
		if fault := faults[c.LoadID]; c.Reason == "" && fault != nil {
			broken[c.Supplier] = true
			err = joinFaults(err, fault)
			continue
		}
		if c.Reason == "" {
			c.Reason, c.Detail = past.implausible(c)
		}
		v := verdictOn(c)
		if v.Status == Accepted {
			past.add(c)
			known.add(c.Supplier, c.DeliveryID, c.ManifestSHA256, Accepted)
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, err
}

func verdictOn(c schemas.Closed) Verdict {
	v := Verdict{Closed: c, Status: Accepted}
	for _, r := range c.Records {
		v.RowsInFiles += r.RowsInFiles
		v.RowsAccepted += r.RowsAccepted
		v.RowsQuarantined += r.RowsQuarantined
	}
	if c.Reason != "" {
		v.Status, v.RowsAccepted = Refused, 0
	}
	return v
}

func joinFaults(all, one error) error {
	if all == nil {
		return one
	}
	return fmt.Errorf("%w\n%w", all, one)
}

func (d *Decider) log(v Verdict) {
	fields := []zap.Field{zap.String("supplier", v.Supplier), zap.String("delivery", v.DeliveryID), zap.Uint64("rows", v.RowsAccepted),
		zap.Uint64("quarantined", v.RowsQuarantined)}
	if v.Status == Accepted {
		d.Log.Info("delivery accepted", fields...)
		return
	}
	d.Log.Info("delivery refused", append(fields, zap.String("reason", string(v.Reason)), zap.String("detail", v.Detail))...)
}
