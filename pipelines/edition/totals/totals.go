package edition

import (
	"context"
	"fmt"
	"math/big"
	"strings"
)

// The steps between layers over which totals must hold. The order is that of the journey.
const (
	// acceptedToRaw is what deliveries promised and what is there. The load step holds it per file; here it is noted.
	acceptedToRaw = "accepted to raw"
	// rawToEffective is what the rules of versions take out.
	rawToEffective = "raw to effective"
	// effectiveToPersons is the join with persons, from which nothing drops out.
	effectiveToPersons = "effective to persons"
	// personsToFacts is what the definitions make of the records of persons, derived once more in SQL.
	personsToFacts = "persons to facts"
	// factsAsBuilt notes the totals of the facts, for whoever adds them up again later.
	factsAsBuilt = "facts as built"
)

// controlTotal is one sum on both sides of a step: from, less what rules remove on the way, is to, but for what
// rounding accounts for. Each number is counted by itself; none is the rest of the others.
type controlTotal struct {
	step, place, measure string
	from                 *big.Int
	removed              map[string]*big.Int // by rule
	to                   *big.Int
	allowance            *big.Int
}

// difference is what nothing accounts for; 0 when the total holds.
func (t *controlTotal) difference() *big.Int {
	d := new(big.Int).Sub(t.from, t.to)
	for _, n := range t.removed {
		d.Sub(d, n)
	}
	if t.allowance != nil && d.CmpAbs(t.allowance) <= 0 {
		return new(big.Int)
	}
	return d
}

func (t *controlTotal) where() string { return t.step + ", " + t.place + ": " + t.measure }

// controlTotals adds up every layer of the build, keeps the totals in ops.control_total, and fails with the places
// where they do not hold. It tells no total: the table does, to those who may see it.
func (b *building) controlTotals(ctx context.Context) error {
	var all []controlTotal
	for _, add := range []func(context.Context) ([]controlTotal, error){b.recordTotals, b.personTotals, b.monthTotals, b.builtTotals} {
		some, err := add(ctx)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	if err := b.writeTotals(ctx, all); err != nil {
		return err
	}
	var differ []string
	for i := range all {
		if all[i].step != acceptedToRaw && all[i].difference().Sign() != 0 {
			differ = append(differ, all[i].where())
		}
	}
	if len(differ) > 0 {
		return fmt.Errorf("%w: control totals differ: %s (ops.control_total has them)", errNotReconciled, strings.Join(differ, "; "))
	}
	return nil
}

func (b *building) writeTotals(ctx context.Context, all []controlTotal) error {
	batch, err := b.DB.PrepareBatch(ctx, "INSERT INTO ops.control_total (build, step, place, measure, total_from, removed, total_to, allowance)")
	if err != nil {
		return fmt.Errorf("keeping the control totals: %w", err)
	}
	defer batch.Abort()
	for i := range all {
		t := &all[i]
		removed, allowance := t.removed, t.allowance
		if removed == nil {
			removed = map[string]*big.Int{}
		}
		if allowance == nil {
			allowance = new(big.Int)
		}
		if err := batch.Append(b.build, t.step, t.place, t.measure, t.from, removed, t.to, allowance); err != nil {
			return fmt.Errorf("keeping the control totals: %w", err)
		}
	}
	if err := batch.Send(); err != nil {
		return fmt.Errorf("keeping the control totals: %w", err)
	}
	return nil
}

// sums reads one row of Int128 columns.
func (a *attempt) sums(ctx context.Context, n int, format string, args ...any) ([]*big.Int, error) {
	out, into := make([]*big.Int, n), make([]any, n)
	for i := range out {
		out[i] = new(big.Int)
		into[i] = out[i]
	}
	if err := a.DB.QueryRow(ctx, fmt.Sprintf(format, args...)).Scan(into...); err != nil {
		return nil, fmt.Errorf("adding up control totals: %w", err)
	}
	return out, nil
}

func number[T uint64 | int](n T) *big.Int { return new(big.Int).SetUint64(uint64(n)) }
