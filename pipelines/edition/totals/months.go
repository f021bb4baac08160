package totals

import (
	"context"
	"fmt"
	"math/big"

	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

// lastMonths is how many months, from the end of the grid back, are added up: the bits of two words.
const lastMonths = 512

// monthText is what the files about months need. LastMonth is the end of the grid as ClickHouse numbers months.
type monthText struct {
	Tables               string
	Months, Milestones   string // the stored facts
	LastMonth, FirstLaid int
	PaidWork, Bijstand   string // numbers of codes
	WholePeriod          bool   // hours are spread over the whole period, not over the days worked
}

func (b *Build) monthText() (monthText, error) {
	d := b.Definitions
	if d.HoursOver != definition.PeriodDays && d.HoursOver != definition.IntervalDays {
		return monthText{}, fmt.Errorf("definitions %s spread hours over days that the control totals do not know; state them in edition/totals too", d.Version)
	}
	last := b.lastMonth()
	return monthText{
		Tables: b.table(""), Months: b.stored("month_status"), Milestones: b.stored("milestone"),
		LastMonth: last, FirstLaid: last - lastMonths + 1,
		PaidWork:    numbersOf(d.PaidWork, reference.IncomeKinds.Code),
		Bijstand:    numbersOf(d.Regulations, schemas.MunicipalityBijstandRegulations.Code),
		WholePeriod: d.HoursOver == definition.PeriodDays,
	}, nil
}

// lastMonth is the end of the grid as ClickHouse numbers months; without a grid it is before all of them.
func (b *Build) lastMonth() int {
	if b.GridEnd == 0 {
		return 0
	}
	t := b.GridEnd.Time()
	return t.Year()*12 + int(t.Month())
}

// monthTotals derives from the records of persons, in ClickHouse and without route, what the months of the facts must
// add up to: how many there are, those working and in bijstand, hours and wages; and who ever worked or had bijstand.
// When a month is one of work or of bijstand, and over which days hours are weekly hours, is the only part of DOMAIN
// section 4 that is stated here once more; the codes and the days are those of the edition's definitions.
func (b *Build) monthTotals(ctx context.Context) ([]controlTotal, error) {
	text, err := b.monthText()
	if err != nil {
		return nil, err
	}
	if err := b.layGrids(ctx, text); err != nil {
		return nil, err
	}
	months, err := b.sums(ctx, 6, sqlFiles.Render("months.sql", text))
	if err != nil {
		return nil, err
	}
	grids, err := b.one(ctx, sqlFiles.Render("grid_months.sql", text))
	if err != nil {
		return nil, err
	}
	intervals := sqlFiles.Render("work_intervals.sql", text)
	work, err := b.covered(ctx, text, intervals)
	if err != nil {
		return nil, err
	}
	bijstand, err := b.covered(ctx, text, sqlFiles.Render("bijstand_records.sql", text))
	if err != nil {
		return nil, err
	}
	hours, wages, err := b.paid(ctx, intervals)
	if err != nil {
		return nil, err
	}
	all := []controlTotal{
		{measure: "months", from: grids, to: months[0]},
		{measure: "months working", from: work.months, to: months[1]},
		{measure: "months in bijstand", from: bijstand.months, to: months[2]},
		// Every month is rounded by half a hundredth at most.
		{measure: "hours a week, hundredths", from: hours, removed: beyondHours(hours, months[3], months[5]), to: months[3], allowance: new(big.Int).Add(new(big.Int).Rsh(work.months, 1), big.NewInt(1))},
		{measure: "wages, euro cents", from: wages, removed: beyond64(wages, months[4]), to: months[4]},
	}
	for i := range all {
		all[i].step, all[i].place = personsToFacts, "month_status"
	}
	ever, err := b.everTotals(ctx, work.persons, bijstand.persons)
	return append(all, ever...), err
}

// everTotals holds who ever worked or had bijstand against the facts that say so.
func (b *Build) everTotals(ctx context.Context, worked, bijstand *big.Int) (all []controlTotal, err error) {
	for _, c := range []struct {
		table, condition, measure string
		persons                   *big.Int
	}{
		{"milestone", "kind = 'first_job'", "persons who worked", worked},
		{"work_spell", "spell = 1", "persons who worked", worked},
		{"milestone", "kind = 'bijstand_start'", "persons with bijstand", bijstand},
		{"bijstand_spell", "spell = 1", "persons with bijstand", bijstand},
	} {
		n, err := b.one(ctx, fmt.Sprintf("SELECT toInt128(count()) FROM %s WHERE %s", b.stored(c.table), c.condition))
		if err != nil {
			return nil, err
		}
		all = append(all, controlTotal{step: personsToFacts, place: c.table, measure: c.measure, from: c.persons, to: n})
	}
	return all, nil
}

// layGrids makes a table of the first month of every person's grid, as contract section 2 has it, from the milestones
// that were stored and the records. A person without a grid has a month beyond all.
func (b *Build) layGrids(ctx context.Context, text monthText) error {
	name := b.table("grid")
	if err := b.DB.Exec(ctx, "CREATE TABLE IF NOT EXISTS "+name+" (person UInt32, first_month Int32) ENGINE = MergeTree ORDER BY person"); err != nil {
		return fmt.Errorf("making the table of grids: %w", err)
	}
	if err := b.DB.Exec(ctx, "TRUNCATE TABLE "+name); err != nil {
		return fmt.Errorf("clearing the table of grids: %w", err)
	}
	if err := b.DB.Exec(ctx, sqlFiles.Render("lay_grids.sql", text)); err != nil {
		return fmt.Errorf("laying the grids once more: %w", err)
	}
	return nil
}

type covering struct{ persons, months *big.Int }

// word is 256 of the months that are added up, from First to Last before the end of the grid.
type word struct{ First, Last int }

// covered counts the persons of intervals of months, and the months that they cover: each month of a person once,
// which a bit per month tells.
func (b *Build) covered(ctx context.Context, text monthText, intervals string) (covering, error) {
	sums, err := b.sums(ctx, 2, coveredText(text, intervals))
	if err != nil {
		return covering{}, err
	}
	return covering{persons: sums[0], months: sums[1]}, nil
}

func coveredText(text monthText, intervals string) string {
	return sqlFiles.Render("covered.sql", struct {
		monthText
		Intervals string
		Words     []word
	}{text, intervals, []word{{0, 255}, {256, lastMonths - 1}}})
}

// paid adds up weekly hours, in hundredths and rounded once at the end, and wages over the months that each wage row covers.
func (b *Build) paid(ctx context.Context, intervals string) (hours, wages *big.Int, err error) {
	rows, err := b.DB.Query(ctx, sqlFiles.Render("paid.sql", map[string]string{"Intervals": intervals}))
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
