package edition

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// Rules that take rows out on the way from raw to what holds.
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

// measures are what is added up of the rows of a record, by column of raw.
func (h *holding) measures() (columns []string) {
	for _, f := range h.record.Fields {
		if f.Measure != "" {
			columns = append(columns, f.Name)
		}
	}
	return columns
}

// unit names a measure with its unit.
func (h *holding) unit(column string) string {
	return h.record.Fields[slices.IndexFunc(h.record.Fields, func(f schemas.Field) bool { return f.Name == column })].Measure
}

// recordTotals holds the rows of every record against each other in raw, among what holds, and joined with persons.
func (b *building) recordTotals(ctx context.Context) ([]controlTotal, error) {
	promised, err := b.promised(ctx)
	if err != nil {
		return nil, err
	}
	var all []controlTotal
	for _, h := range b.held {
		gone, err := h.attempt.sums(ctx, 1, "SELECT toInt128(count()) FROM (%s) WHERE load_id IN (SELECT load_id FROM %s)", delivery.ErasedPlaces(h.record.Name), h.table("load"))
		if err != nil {
			return nil, err
		}
		there, err := h.inRaw(ctx, new(big.Int).Sub(number(promised[h.record.Name]), gone[0]))
		if err != nil {
			return nil, err
		}
		out, err := h.removed(ctx)
		if err != nil {
			return nil, err
		}
		joined, err := h.joined(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, controlTotal{step: acceptedToRaw, place: h.record.Name, measure: "rows",
			from: number(promised[h.record.Name]), removed: map[string]*big.Int{erased: gone[0]}, to: there.rows[0]})
		for i, measure := range append([]string{"rows"}, h.measures()...) {
			if i > 0 {
				measure = h.unit(measure)
			}
			rules := map[string]*big.Int{replaced: there.replaced[i], beaten: out[beaten][i], deleted: out[deleted][i]}
			if h.employment() {
				rules[corrected] = out[corrected][i]
			}
			all = append(all,
				controlTotal{step: rawToEffective, place: h.record.Name, measure: measure, from: there.rows[i], removed: rules, to: h.sums[i]},
				controlTotal{step: effectiveToPersons, place: h.record.Name, measure: measure, from: h.sums[i], to: joined[i]})
		}
	}
	return all, nil
}

// promised are the rows of each record that the deliveries of the edition were accepted with.
func (b *building) promised(ctx context.Context) (map[string]uint64, error) {
	rows, err := b.DB.Query(ctx, fmt.Sprintf("SELECT toString(record), sum(rows_accepted) FROM ops.delivery_record FINAL WHERE load_id IN (SELECT load_id FROM %s) GROUP BY record", b.table("load")))
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

// rawSums are the rows, and then the measures, of a record in all deliveries of the edition, and of those of them that
// later full deliveries replaced.
type rawSums struct{ rows, replaced []*big.Int }

// inRaw adds up the raw table. Rows that were written twice count once; they are only looked for when there are more
// rows than were promised, because that costs a sort.
func (h *holding) inRaw(ctx context.Context, promised *big.Int) (rawSums, error) {
	n := 1 + len(h.measures())
	for _, final := range []string{"", "FINAL"} {
		sums, err := h.sumsOf(ctx, fmt.Sprintf("raw.%s %s WHERE load_id IN (SELECT load_id FROM %s)", h.record.Name, final, h.table("load")), "NOT ("+h.inScope()+")")
		if err != nil {
			return rawSums{}, err
		}
		if final != "" || sums[0].Cmp(promised) == 0 {
			return rawSums{rows: sums[:n], replaced: sums[n:]}, nil
		}
	}
	panic("unreachable")
}

// sumsOf counts rows and adds up the measures, of all rows and then of those that meet a condition.
func (h *holding) sumsOf(ctx context.Context, from, condition string) ([]*big.Int, error) {
	all, some := []string{"toInt128(count())"}, []string{"toInt128(countIf(" + condition + "))"}
	for _, m := range h.measures() {
		all = append(all, "sum(toInt128("+m+"))")
		some = append(some, "sumIf(toInt128("+m+"), "+condition+")")
	}
	list := append(all, some...)
	return h.attempt.sums(ctx, len(list), "SELECT %s FROM %s", strings.Join(list, ", "), from)
}

// removed adds up what the rules of versions take out, from the rows that have other versions: of each record the
// newest row stays, unless it is a deletion, and of each wage period the newest of those. It groups where the build
// sorts, so that both must be right to agree.
func (h *holding) removed(ctx context.Context) (map[string][]*big.Int, error) {
	n := 1 + len(h.measures())
	if h.rows == 0 {
		return map[string][]*big.Int{beaten: zeros(n), deleted: zeros(n), corrected: zeros(n)}, nil
	}
	contested := "0"
	if h.keys+h.periods > 0 {
		contested = h.contested()
	}
	sums, err := h.attempt.sums(ctx, 3*n, "%s", h.removedQuery(contested))
	if err != nil {
		return nil, err
	}
	// Deletions that have no other version need no resolving.
	alone, err := h.sumsOf(ctx, h.scoped(fmt.Sprintf(" AND operation = 'V' AND NOT (%s)", contested)), "0")
	if err != nil {
		return nil, err
	}
	out := map[string][]*big.Int{beaten: sums[:n], deleted: sums[n : 2*n], corrected: sums[2*n:]}
	for i := range out[deleted] {
		out[deleted][i].Add(out[deleted][i], alone[i])
	}
	return out, nil
}

// removedQuery gives rows and measures that were beaten, deleted and corrected.
func (h *holding) removedQuery(contested string) string {
	key, period := "record_id", "0"
	if h.record.Municipal() {
		key = "municipality_code, record_id"
	}
	if h.employment() {
		period = "(" + strings.Join(h.record.CorrectedBy, ", ") + ")"
	}
	measures := append([]string{"1"}, h.measures()...)
	var once, last, newest, outer []string
	for i, m := range measures {
		once = append(once, fmt.Sprintf("any(toInt128(%s)) AS m%d", m, i))
		last = append(last, fmt.Sprintf("sum(m%d) AS s%d, argMax(m%d, at) AS n%d", i, i, i, i))
		newest = append(newest, fmt.Sprintf("sum(s%d - n%d) AS b%d, sumIf(n%d, op = 'V') AS d%d, sumIf(n%d, op != 'V') AS k%d, argMaxIf(n%d, newest, op != 'V') AS l%d", i, i, i, i, i, i, i, i, i))
	}
	for _, column := range []string{"sum(b%d)", "sum(d%d)", "sum(k%d - l%d)"} {
		for i := range measures {
			column := strings.ReplaceAll(column, "%d", fmt.Sprint(i))
			if !h.employment() && strings.Contains(column, "k") {
				column = "toInt128(0)"
			}
			outer = append(outer, column)
		}
	}
	// The innermost takes each row once; the next the versions of a record; the last the records of a wage period.
	return fmt.Sprintf(`SELECT %s FROM (
		SELECT %s FROM (
			SELECT argMax(operation_of, at) AS op, max(at) AS newest, argMax(period_of, at) AS period, %s FROM (
				SELECT %s, (any(rank), file_no, row_no) AS at, any(operation) AS operation_of, any(%s) AS period_of, %s
				FROM (SELECT * FROM %s) AS r ANY LEFT JOIN %s AS l USING load_id
				GROUP BY %s, load_id, file_no, row_no
			) GROUP BY %s
		) GROUP BY period
	) SETTINGS max_bytes_before_external_group_by = 1000000000`,
		strings.Join(outer, ", "), strings.Join(newest, ", "), strings.Join(last, ", "), key, period, strings.Join(once, ", "),
		h.scoped(" AND "+contested), h.table("load"), key, key)
}

// joined adds up the work table, in which the rows stand with their persons.
func (h *holding) joined(ctx context.Context) ([]*big.Int, error) {
	list := []string{"toInt128(count())"}
	for _, m := range h.measures() {
		list = append(list, "sum(toInt128("+m+"))")
	}
	return h.attempt.sums(ctx, len(list), "SELECT %s FROM %s", strings.Join(list, ", "), h.table(h.record.Name))
}

func zeros(n int) []*big.Int {
	out := make([]*big.Int, n)
	for i := range out {
		out[i] = new(big.Int)
	}
	return out
}

// personTotals holds the persons that were linked against those of the facts.
func (b *building) personTotals(ctx context.Context) ([]controlTotal, error) {
	linked, err := b.attempt.sums(ctx, 1, "SELECT toInt128(count()) FROM %s", b.table("person"))
	if err != nil {
		return nil, err
	}
	facts, err := b.attempt.sums(ctx, 1, "SELECT toInt128(uniqExact(person_id)) FROM %s", b.stored("person"))
	if err != nil {
		return nil, err
	}
	return []controlTotal{
		{step: effectiveToPersons, place: "person", measure: "persons", from: number(b.people), to: linked[0]},
		{step: personsToFacts, place: "person", measure: "persons", from: linked[0], to: facts[0]},
	}, nil
}

// stored is a table of facts, of this build.
func (a *attempt) stored(table string) string {
	return fmt.Sprintf("(SELECT * FROM facts_store.%s WHERE edition = toDate('%s') AND build = %d)", table, a.cutOff, a.build)
}

// builtTotals notes what the facts add up to.
func (b *building) builtTotals(ctx context.Context) ([]controlTotal, error) {
	var all []controlTotal
	note := func(table, measure string, n *big.Int) {
		all = append(all, controlTotal{step: factsAsBuilt, place: table, measure: measure, from: n, to: n})
	}
	for _, t := range schemas.FactTables {
		n, err := b.attempt.sums(ctx, 1, "SELECT toInt128(count()) FROM %s", b.stored(t.Name))
		if err != nil {
			return nil, err
		}
		note(t.Name, "rows", n[0])
	}
	months, err := b.attempt.sums(ctx, 4, "SELECT toInt128(countIf(working)), toInt128(countIf(bijstand)), sum(toInt128(toDecimal64(hours_week, 2) * 100)), sum(toInt128(wage_sv_cents)) FROM %s",
		b.stored("month_status"))
	if err != nil {
		return nil, err
	}
	for i, measure := range []string{"months working", "months in bijstand", "hours a week, hundredths", "wages, euro cents"} {
		note("month_status", measure, months[i])
	}
	return all, nil
}
