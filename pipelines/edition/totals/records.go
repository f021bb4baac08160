package totals

import (
	"context"
	"fmt"
	"math/big"

	"doorstroom/pipelines/delivery"
)

// Rules that take rows out on the way from raw to the effective records.
const (
	// replaced are rows that a later full delivery replaced.
	replaced = "replaced"
	// beaten are rows of which a later version of the same record came.
	beaten = "beaten"
	// deleted are the last versions of records that were deleted.
	deleted = "deleted"
	// erased are rows of persons who were erased.
	erased = "erased"
	// corrected are wage rows of a period that came again under another record.
	corrected = "corrected"
)

// measure is what is added up of the rows of a record.
type measure struct{ column, unit string }

// measures are rows, whose column is always 1, and the fields that the schema says to add up.
func (r *Record) measures() []measure {
	list := []measure{{"1", "rows"}}
	for _, f := range r.Fields {
		if f.Measure != "" {
			list = append(list, measure{f.Name, f.Measure})
		}
	}
	return list
}

// recordTotals holds the rows of every record against each other in raw, among the effective records, and joined with persons.
func (b *Build) recordTotals(ctx context.Context) ([]controlTotal, error) {
	promised, err := b.promised(ctx)
	if err != nil {
		return nil, err
	}
	var all []controlTotal
	for i := range b.Records {
		some, err := b.totalsOf(ctx, &b.Records[i], promised[b.Records[i].Name])
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// promised are the rows of each record that the deliveries of the edition were accepted with.
func (b *Build) promised(ctx context.Context) (map[string]uint64, error) {
	rows, err := b.DB.Query(ctx, sqlFiles.Render("promised.sql", map[string]string{"Loads": b.table("load")}))
	if err != nil {
		return nil, fmt.Errorf("adding up what was accepted: %w", err)
	}
	defer rows.Close()
	all := make(map[string]uint64)
	for rows.Next() {
		var record string
		var n uint64
		if err := rows.Scan(&record, &n); err != nil {
			return nil, fmt.Errorf("adding up what was accepted: %w", err)
		}
		all[record] = n
	}
	return all, rows.Err()
}

func (b *Build) totalsOf(ctx context.Context, r *Record, promised uint64) ([]controlTotal, error) {
	gone, err := b.one(ctx, fmt.Sprintf("SELECT toInt128(count()) FROM (%s) WHERE load_id IN (SELECT load_id FROM %s)", delivery.ErasedPlaces(r.Name), b.table("load")))
	if err != nil {
		return nil, err
	}
	there, err := b.inRaw(ctx, r, new(big.Int).Sub(number(promised), gone))
	if err != nil {
		return nil, err
	}
	out, err := b.removed(ctx, r)
	if err != nil {
		return nil, err
	}
	joined, err := b.sums(ctx, len(r.measures()), b.textOf("joined.sql", r))
	if err != nil {
		return nil, err
	}
	all := []controlTotal{{step: acceptedToRaw, place: r.Name, measure: "rows",
		from: number(promised), removed: map[string]*big.Int{erased: gone}, to: there.rows[0]}}
	for i, m := range r.measures() {
		rules := map[string]*big.Int{replaced: there.replaced[i], beaten: out[beaten][i], deleted: out[deleted][i]}
		if r.Corrected() {
			rules[corrected] = out[corrected][i]
		}
		all = append(all,
			controlTotal{step: rawToEffective, place: r.Name, measure: m.unit, from: there.rows[i], removed: rules, to: r.Effective[i]},
			controlTotal{step: effectiveToPersons, place: r.Name, measure: m.unit, from: r.Effective[i], to: joined[i]})
	}
	return all, nil
}

// rawSums are the rows, and then the measures, of a record in all deliveries of the edition, and of those of them that
// later full deliveries replaced.
type rawSums struct{ rows, replaced []*big.Int }

// inRaw adds up the raw table. Rows that were written twice count once; they are only looked for when there are more
// rows than were promised, because that costs a sort.
func (b *Build) inRaw(ctx context.Context, r *Record, promised *big.Int) (rawSums, error) {
	n := len(r.measures())
	sums, err := b.sums(ctx, 2*n, b.textOf("in_raw.sql", r))
	if err == nil && sums[0].Cmp(promised) != 0 {
		sums, err = b.sums(ctx, 2*n, b.textOf("in_raw_once.sql", r))
	}
	if err != nil {
		return rawSums{}, err
	}
	return rawSums{rows: sums[:n], replaced: sums[n:]}, nil
}

// removed adds up what the rules of versions take out, from the rows that have other versions: of each record the
// newest row stays, unless it is a deletion, and of each wage period the newest of those. It groups where the build
// sorts, so that both must be right to agree.
func (b *Build) removed(ctx context.Context, r *Record) (map[string][]*big.Int, error) {
	n := len(r.measures())
	if r.InScope == 0 {
		return map[string][]*big.Int{beaten: zeros(n), deleted: zeros(n), corrected: zeros(n)}, nil
	}
	sums, err := b.sums(ctx, 3*n, b.textOf("removed.sql", r))
	if err != nil {
		return nil, err
	}
	alone, err := b.sums(ctx, n, b.textOf("deletions_alone.sql", r))
	if err != nil {
		return nil, err
	}
	out := map[string][]*big.Int{beaten: sums[:n], deleted: sums[n : 2*n], corrected: sums[2*n:]}
	for i := range out[deleted] {
		out[deleted][i].Add(out[deleted][i], alone[i])
	}
	return out, nil
}
