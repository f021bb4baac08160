package edition

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// lastMonths is how many months, from the end of the grid back, are added up: the bits of two words.
const lastMonths = 512

// monthTotals derives from the records of persons, in ClickHouse and without route, what the months of the facts must
// add up to: how many there are, those working and in bijstand, hours and wages; and who ever worked or had bijstand.
// When a month is one of work or of bijstand, and over which days hours are weekly hours, is the only part of DOMAIN
// section 4 that is stated here once more; the codes and the days are those of the edition's definitions.
func (b *building) monthTotals(ctx context.Context) ([]controlTotal, error) {
	definitions, err := b.facts.config.Definitions.Version(b.options.Definitions)
	if err != nil {
		return nil, err
	}
	intervals := b.workIntervals(numbersOf(definitions.PaidWork, reference.IncomeKinds.Code), definitions.HoursOver)
	if err := b.layGrids(ctx); err != nil {
		return nil, err
	}
	months, err := b.attempt.sums(ctx, 6, `SELECT toInt128(count()), toInt128(countIf(working)), toInt128(countIf(bijstand)), sum(toInt128(toDecimal64(hours_week, 2) * 100)), sum(toInt128(wage_sv_cents)),
			toInt128(countIf(hours_week = toDecimal32('9999999.99', 2)))
		FROM %s WHERE toRelativeMonthNum(month) > %d`, b.stored("month_status"), b.lastMonth()-lastMonths)
	if err != nil {
		return nil, err
	}
	grids, err := b.attempt.sums(ctx, 1, "SELECT sum(toInt128(greatest(0, %d - first_month + 1))) FROM %s", b.lastMonth(), b.table("grid"))
	if err != nil {
		return nil, err
	}
	work, err := b.covered(ctx, intervals)
	if err != nil {
		return nil, err
	}
	bijstand, err := b.covered(ctx, b.bijstandRecords(numbersOf(definitions.Regulations, schemas.MunicipalityBijstandRegulations.Code)))
	if err != nil {
		return nil, err
	}
	hours, wages, err := b.paid(ctx, intervals)
	if err != nil {
		return nil, err
	}
	all := []controlTotal{
		{place: "month_status", measure: "months", from: grids[0], to: months[0]},
		{place: "month_status", measure: "months working", from: work.months, to: months[1]},
		{place: "month_status", measure: "months in bijstand", from: bijstand.months, to: months[2]},
		// Every month is rounded by half a hundredth at most.
		{place: "month_status", measure: "hours a week, hundredths", from: hours, removed: beyondHours(hours, months[3], months[5]), to: months[3], allowance: new(big.Int).Add(new(big.Int).Rsh(work.months, 1), big.NewInt(1))},
		{place: "month_status", measure: "wages, euro cents", from: wages, removed: beyond64(wages, months[4]), to: months[4]},
	}
	for _, c := range []struct {
		table, condition, measure string
		persons                   *big.Int
	}{
		{"milestone", "kind = 'first_job'", "persons who worked", work.persons},
		{"work_spell", "spell = 1", "persons who worked", work.persons},
		{"milestone", "kind = 'bijstand_start'", "persons with bijstand", bijstand.persons},
		{"bijstand_spell", "spell = 1", "persons with bijstand", bijstand.persons},
	} {
		n, err := b.attempt.sums(ctx, 1, "SELECT toInt128(count()) FROM %s WHERE %s", b.stored(c.table), c.condition)
		if err != nil {
			return nil, err
		}
		all = append(all, controlTotal{place: c.table, measure: c.measure, from: c.persons, to: n[0]})
	}
	for i := range all {
		all[i].step = personsToFacts
	}
	return all, nil
}

// lastMonth is the end of the grid as ClickHouse numbers months; without a grid it is before all of them.
func (b *building) lastMonth() int {
	if b.gridEnd == 0 {
		return 0
	}
	t := b.gridEnd.Time()
	return t.Year()*12 + int(t.Month())
}

// layGrids makes a table of the first month of every person's grid, as contract section 2 has it, from the milestones
// that were stored and the records. A person without a grid has a month beyond all.
func (b *building) layGrids(ctx context.Context) error {
	name := b.table("grid")
	if err := b.exec(ctx, "CREATE TABLE IF NOT EXISTS %s (person UInt32, first_month Int32) ENGINE = MergeTree ORDER BY person", name); err != nil {
		return fmt.Errorf("making the table of grids: %w", err)
	}
	if err := b.exec(ctx, "TRUNCATE TABLE %s", name); err != nil {
		return fmt.Errorf("clearing the table of grids: %w", err)
	}
	day := func(column string) string { return "addDays(toDate32('1970-01-01'), " + column + " - 25568)" }
	err := b.exec(ctx, `INSERT INTO %s SELECT person, greatest(if(isNull(asylum) AND isNull(other), 1000000, toInt32(toRelativeMonthNum(assumeNotNull(coalesce(asylum, other))))), %d) FROM (
		SELECT p.person AS person, minIf(d, sort = 1) AS asylum, minIf(d, sort = 2) AS other FROM %s AS p LEFT JOIN (
			SELECT person_id, toNullable(toDate32(date)) AS d, if(kind IN ('azc_arrival', 'application', 'permit', 'temporary_protection'), 1, 2) AS sort
			FROM %s WHERE kind NOT IN ('first_job_20h', 'sustained_6', 'sustained_12', 'sustained_18', 'bijstand_exit_to_work')
			UNION ALL SELECT person_id, toNullable(%s), 2 FROM %s AS o INNER JOIN %s AS q USING person
			UNION ALL SELECT person_id, toNullable(%s), 2 FROM %s AS o INNER JOIN %s AS q USING person
		) AS f USING person_id GROUP BY person SETTINGS join_use_nulls = 1)`,
		name, b.lastMonth()-lastMonths+1, b.table("person"), b.stored("milestone"),
		day("start"), b.table("duo_obligation"), b.table("person"), day("taken_on"), b.table("duo_exam"), b.table("person"))
	if err != nil {
		return fmt.Errorf("laying the grids once more: %w", err)
	}
	return nil
}

// monthOf is the month of a day of a work table as ClickHouse numbers months.
func monthOf(day string) string {
	return "toInt32(toRelativeMonthNum(addDays(toDate32('1970-01-01'), " + day + " - 25568)))"
}

// workIntervals gives person, from_month and to_month (the months whose last day paid work covers, within the grid), what is
// paid for them, and the days over which its hours are weekly hours.
func (b *building) workIntervals(codes string, over definition.HoursDays) string {
	days := map[definition.HoursDays]string{definition.PeriodDays: "period_days", definition.IntervalDays: "last_day - day"}[over]
	return fmt.Sprintf(`SELECT person, greatest(%s, first_month) AS from_month, least(%s - 1, %d) AS to_month, %s + 1 AS days, hours_paid, wage_sv FROM (
		SELECT person, greatest(period_start, ikv_start) AS day, if(ikv_end = 0, period_start + period_days, least(ikv_end, period_start + period_days)) AS last_day,
			period_days, hours_paid, wage_sv FROM %s WHERE srt_iv IN (%s) AND hours_paid > 0 AND day <= last_day
		) AS e INNER JOIN %s AS g USING person`,
		monthOf("day"), monthOf("last_day + 1"), b.lastMonth(), days, b.table("uwv_employment"), codes, b.table("grid"))
}

// bijstandRecords gives person, from_month and to_month (the months whose last day a record covers, within the grid).
func (b *building) bijstandRecords(codes string) string {
	return fmt.Sprintf("SELECT person, greatest(%s, first_month) AS from_month, if(`end` = 0, %d, least(%s - 1, %d)) AS to_month FROM %s AS e INNER JOIN %s AS g USING person WHERE regulation IN (%s)",
		monthOf("start"), b.lastMonth(), monthOf("`end` + 1"), b.lastMonth(), b.table("municipality_bijstand"), b.table("grid"), codes)
}

// beyond64 is what absurd wages lose where a month keeps their sum in 64 bits: whole multiples of 2^64, and nothing else.
// The contract bounds a wage by its type alone, and no row of it may keep an edition from being built.
func beyond64(from, to *big.Int) map[string]*big.Int {
	lost := new(big.Int).Sub(from, to)
	if lost.Sign() == 0 || new(big.Int).Mod(lost, new(big.Int).Lsh(big.NewInt(1), 64)).Sign() != 0 {
		return nil
	}
	return map[string]*big.Int{"beyond 64 bits": lost}
}

// beyondHours is what absurd hours lose where a month holds them at the most that its column can; nothing when no month
// is full. Parallel rows may come to that when many people were delivered under one pseudonym.
func beyondHours(from, to, full *big.Int) map[string]*big.Int {
	lost := new(big.Int).Sub(from, to)
	if full.Sign() == 0 || lost.Sign() <= 0 {
		return nil
	}
	return map[string]*big.Int{"beyond the column": lost}
}

// numbersOf lists codes by their numbers; no number stands for an empty list.
func numbersOf(codes definition.Codes, number func(string) schemas.Code) string {
	list := []string{"-1"}
	for _, code := range strings.Fields(string(codes)) {
		list = append(list, fmt.Sprint(int(number(code))))
	}
	return strings.Join(list, ", ")
}

type covering struct{ persons, months *big.Int }

// covered counts the persons of intervals of months, and the months that they cover: each month of a person once,
// which a bit per month tells.
func (b *building) covered(ctx context.Context, intervals string) (covering, error) {
	bits := func(word int) string {
		first := word * 256
		// Both are cut to the word, and to 0-255 where they lie outside: ClickHouse works out both branches of an if.
		from, to := fmt.Sprintf("toUInt8(greatest(0, least(255, low - %d)))", first), fmt.Sprintf("toUInt8(greatest(0, least(255, high - %d)))", first)
		return fmt.Sprintf("groupBitOr(if(high < %d OR low > %d, toUInt256(0), bitAnd(bitShiftRight(bitNot(toUInt256(0)), toUInt8(255 - %s)), bitShiftLeft(bitNot(toUInt256(0)), %s))))",
			first, first+255, to, from)
	}
	// low and high count months back from the end of the grid; an interval outside it has high < low.
	sums, err := b.attempt.sums(ctx, 2, `SELECT toInt128(count()), sum(toInt128(bitCount(word0)) + toInt128(bitCount(word1))) FROM (
		SELECT person, %s AS word0, %s AS word1 FROM (
			SELECT person, toInt32(%d - to_month) AS low, if(to_month < from_month, -1, toInt32(%d - from_month)) AS high FROM (%s)
		) GROUP BY person)`, bits(0), bits(1), b.lastMonth(), b.lastMonth(), intervals)
	if err != nil {
		return covering{}, err
	}
	return covering{persons: sums[0], months: sums[1]}, nil
}

// paid adds up weekly hours, in hundredths and rounded once at the end, and wages over the months that each wage row covers.
func (b *building) paid(ctx context.Context, intervals string) (hours, wages *big.Int, err error) {
	rows, err := b.DB.Query(ctx, "SELECT toInt64(days), sum(toInt128(hours_paid) * n), sum(toInt128(wage_sv) * n) FROM "+
		"(SELECT days, hours_paid, wage_sv, greatest(0, to_month - from_month + 1) AS n FROM ("+intervals+")) GROUP BY days")
	if err != nil {
		return nil, nil, fmt.Errorf("adding up control totals: %w", err)
	}
	defer rows.Close()
	exact, wages := new(big.Rat), new(big.Int)
	for rows.Next() {
		var days int64
		h, w := new(big.Int), new(big.Int)
		if err := rows.Scan(&days, h, w); err != nil {
			return nil, nil, fmt.Errorf("adding up control totals: %w", err)
		}
		exact.Add(exact, new(big.Rat).SetFrac(h.Mul(h, big.NewInt(700)), big.NewInt(days)))
		wages.Add(wages, w)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("adding up control totals: %w", err)
	}
	return new(big.Int).Quo(exact.Num(), exact.Denom()), wages, nil
}
