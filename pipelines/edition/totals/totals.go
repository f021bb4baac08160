package totals

import (
	"context"
	"embed"
	"fmt"
	"math/big"

	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/sqlfile"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

//go:embed sql/*.sql
var files embed.FS

var sqlFiles = sqlfile.Parse(files)

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

// Build is what is added up of: a build whose slices are all done.
type Build struct {
	DB     *warehouse.DB
	Number uint64
	CutOff schemas.Date
	// GridEnd is zero when all grids are empty.
	GridEnd     schemas.Date
	Definitions definition.Set
	// Persons is how many were linked.
	Persons uint64
	Records []Record
}

// Record is what a build says of one kind of record.
type Record struct {
	*schemas.Record
	// InScope is how many rows were looked at, Effective the sums over the effective records: rows, then the measures.
	InScope   uint64
	Effective []*big.Int
	Contested Contested
}

// Contested says which tables of the build name keys with several rows.
type Contested struct{ Keys, Periods, All bool }

// Any tells whether there are any.
func (c Contested) Any() bool { return c.Keys || c.Periods }

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

// Check adds up every layer of the build, keeps the totals in ops.control_total, and gives the places where they differ.
// It tells no total: the table does, to those who may see it.
func (b *Build) Check(ctx context.Context) (differ []string, err error) {
	var all []controlTotal
	for _, add := range []func(context.Context) ([]controlTotal, error){b.recordTotals, b.personTotals, b.monthTotals, b.builtTotals} {
		some, err := add(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	if err := b.write(ctx, all); err != nil {
		return nil, fmt.Errorf("keeping the control totals: %w", err)
	}
	for i := range all {
		if all[i].step != acceptedToRaw && all[i].difference().Sign() != 0 {
			differ = append(differ, all[i].where())
		}
	}
	return differ, nil
}

func (b *Build) write(ctx context.Context, all []controlTotal) error {
	batch, err := b.DB.PrepareBatch(ctx, "INSERT INTO ops.control_total (build, step, place, measure, total_from, removed, total_to, allowance)")
	if err != nil {
		return err
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
		if err := batch.Append(b.Number, t.step, t.place, t.measure, t.from, removed, t.to, allowance); err != nil {
			return err
		}
	}
	return batch.Send()
}

// table names a table of the build in database work.
func (b *Build) table(name string) string { return fmt.Sprintf("work.b%d_%s", b.Number, name) }

// stored selects the rows of a table of facts that are of this build.
func (b *Build) stored(table string) string {
	return fmt.Sprintf("(SELECT * FROM facts_store.%s WHERE edition = toDate('%s') AND build = %d)", table, b.CutOff, b.Number)
}

// sums reads one row of Int128 columns.
func (b *Build) sums(ctx context.Context, n int, query string) ([]*big.Int, error) {
	out, into := zeros(n), make([]any, n)
	for i := range out {
		into[i] = out[i]
	}
	if err := b.DB.QueryRow(ctx, query).Scan(into...); err != nil {
		return nil, fmt.Errorf("adding up control totals: %w", err)
	}
	return out, nil
}

// one reads one Int128.
func (b *Build) one(ctx context.Context, query string) (*big.Int, error) {
	sums, err := b.sums(ctx, 1, query)
	if err != nil {
		return nil, err
	}
	return sums[0], nil
}

func number(n uint64) *big.Int { return new(big.Int).SetUint64(n) }

func zeros(n int) []*big.Int {
	out := make([]*big.Int, n)
	for i := range out {
		out[i] = new(big.Int)
	}
	return out
}
