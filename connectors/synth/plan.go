package synth

import (
	"fmt"
	"sort"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// mutationMonths lists, per supplier, after how many months from the full delivery a mutation follows.
var (
	quarterly = []int{3, 6, 9, 12}
	monthly   = []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}
)

// uwvLag is the number of months between the last month that wages cover and the month in which they are drawn.
const uwvLag = 2

// Deliveries that fall short, by their place in the series.
const (
	halfMonth   = 3 // UWV covers halfMonthBy days more than the first of the newest month, and half of the employers are not in yet
	emptyOne    = 2 // IDW, and one municipality in emptyTowns, deliver files without rows
	emptyTowns  = 17
	halfMonthBy = 14
)

// fromAllTowns is the number of persons from which each municipality delivers by itself; below it neighbours deliver together.
const (
	fromAllTowns    = 300_000
	personsPerGroup = 2_500
	mostGroups      = 35
)

// delivery is one delivery of the plan, with the files that it will have.
type delivery struct {
	supplier   string
	id         string
	drawn      calendar.Day
	coversFrom calendar.Day
	coversTo   calendar.Day
	full       bool
	codes      []string // municipality codes that the manifest names
	files      []*file  // in the order of the manifest
	byPeriod   []*file  // wages, by period
	empty      bool     // by mistake; what it should have held comes with the next one
	dialect    dialect
	oldCode    map[int]string // only for deliveries before a merger: town -> code
	resends    *delivery      // this delivery repeats another one
}

// plan is every delivery that Generate writes. It is fixed by the as-of day and the number of persons.
type plan struct {
	persons    int
	deliveries []*delivery
	coa        []*delivery
	duo        []*delivery
	idw        []*delivery
	uwv        []*delivery
	groups     [][]*delivery // per group of municipalities
	before     []*delivery   // full deliveries under old municipality codes, one per later merger
	groupOf    []int         // town -> group
	beforeOf   map[int]int   // town -> index in before
	periods    periods
	files      []*file
}

// firstMonth is that of the oldest event that a delivery can hold.
var coverStart = calendar.DayOf(2014, 1, 1)

func newPlan(asOf calendar.Day, persons int, towns []population.Municipality) *plan {
	p := &plan{persons: persons, groupOf: make([]int, len(towns)), beforeOf: map[int]int{}}
	last := asOf.Month()
	base := last - 12
	p.coa = p.series("coa", "coa", base, 4, quarterly, asOf)
	p.duo = p.series("duo", "duo", base, 6, quarterly, asOf)
	p.idw = p.series("idw", "idw", base, 9, quarterly, asOf)
	leaveEmpty(p.idw)
	p.uwv = p.series("uwv", "uwv", base, 20, monthly, asOf)
	p.planTowns(base, asOf, towns)
	p.planBefore(towns)
	p.periods = newPeriods(p.uwv[len(p.uwv)-1].coversTo)
	p.planResend()
	p.planFiles()
	return p
}

// series lays out a full delivery and its mutations; the day of the month moves back when the as-of month is not that far yet.
func (p *plan) series(supplier, prefix string, base calendar.Month, dayOfMonth int, after []int, asOf calendar.Day) []*delivery {
	var list []*delivery
	prev := coverStart
	for i, n := range append([]int{0}, after...) {
		m := base + calendar.Month(n)
		drawn := min(m.First()+calendar.Day(dayOfMonth-1), m.Last())
		if drawn > asOf {
			break
		}
		d := &delivery{supplier: supplier, drawn: drawn, full: i == 0, coversFrom: prev, coversTo: drawn}
		mode := "mutatie"
		if d.full {
			mode = "volledig"
		} else {
			d.coversFrom = prev + 1
		}
		if supplier == "uwv" {
			d.coversTo = (m - uwvLag).Last()
			if i == halfMonth {
				d.coversTo = (m - uwvLag).First() + halfMonthBy
			}
		}
		prev = d.coversTo
		d.id = fmt.Sprintf("%s-%s-%s", prefix, d.drawn.ISO(), mode)
		list = append(list, d)
	}
	p.deliveries = append(p.deliveries, list...)
	return list
}

// planTowns groups the municipalities and gives each group its series of deliveries.
func (p *plan) planTowns(base calendar.Month, asOf calendar.Day, towns []population.Municipality) {
	regions := map[string]int{}
	for _, t := range towns {
		if _, seen := regions[t.Region]; !seen {
			regions[t.Region] = len(regions)
		}
	}
	groups := min(mostGroups, max(4, p.persons/personsPerGroup))
	if p.persons >= fromAllTowns {
		groups = len(towns)
	}
	members := make([][]int, groups)
	for i, t := range towns {
		g := regions[t.Region] * groups / len(regions)
		if groups == len(towns) {
			g = i
		}
		p.groupOf[i] = g
		members[g] = append(members[g], i)
	}
	for g, list := range members {
		prefix := fmt.Sprintf("gem-groep%02d", g+1)
		if groups == len(towns) {
			prefix = "gem-" + towns[list[0]].Code
		}
		series := p.series("municipality", prefix, base, 2+g%9, quarterly, asOf)
		if g%emptyTowns == 1 {
			leaveEmpty(series)
		}
		for _, d := range series {
			d.dialect = dialectOf(g, groups)
			for _, t := range list {
				d.codes = append(d.codes, towns[t].Code)
				if d.full {
					for _, old := range towns[t].Old {
						d.codes = append(d.codes, old.Code)
					}
				}
			}
			sort.Strings(d.codes)
		}
		p.groups = append(p.groups, series)
	}
}

// leaveEmpty lets one mutation of a series hold nothing; the next one holds both.
func leaveEmpty(series []*delivery) {
	if len(series) > emptyOne {
		series[emptyOne].empty = true
	}
}

// planBefore adds a full delivery of the municipalities that were merged, some weeks before the merger, under their old codes.
func (p *plan) planBefore(towns []population.Municipality) {
	for i, t := range towns {
		if len(t.Old) == 0 {
			continue
		}
		drawn := t.Old[0].On.AddMonths(-1)
		d := &delivery{supplier: "municipality", drawn: drawn, full: true, coversFrom: coverStart, coversTo: drawn, oldCode: map[int]string{}, dialect: dialectOf(i, 1)}
		d.id = fmt.Sprintf("gem-%s-%s-volledig", t.Old[0].Code, drawn.ISO())
		for _, old := range t.Old {
			d.codes = append(d.codes, old.Code)
		}
		p.beforeOf[i] = len(p.before)
		p.before = append(p.before, d)
		p.deliveries = append(p.deliveries, d)
	}
}

// planResend lets COA send one mutation a second time under a new id, on the same day.
func (p *plan) planResend() {
	if len(p.coa) < 3 {
		return
	}
	again := *p.coa[2]
	again.id += "-opnieuw"
	again.resends = p.coa[2]
	p.deliveries = append(p.deliveries, &again)
}

// planFiles gives every delivery its files.
func (p *plan) planFiles() {
	for _, d := range p.deliveries {
		if d.resends != nil {
			continue
		}
		if d.supplier == "uwv" {
			for _, t := range p.periods.list {
				if t.from <= d.coversTo {
					p.addFile(d, uwvEmployment, fmt.Sprintf("lonen-%s.parquet", t.name), "parquet")
					d.byPeriod = append(d.byPeriod, d.files[len(d.files)-1])
				} else {
					d.byPeriod = append(d.byPeriod, nil)
				}
			}
			p.addFile(d, uwvWorkPermit, "tewerkstelling.parquet", "parquet")
			continue
		}
		for r := range recordKinds {
			if columns[r].supplier == d.supplier {
				name, format := fileName(d, r)
				p.addFile(d, r, name, format)
			}
		}
	}
}

func (p *plan) addFile(d *delivery, r recordKind, name, format string) {
	f := &file{delivery: d, record: r, name: name, format: format, index: len(p.files)}
	if d.supplier == "municipality" {
		f.order = d.dialect.order(columns[r].names)
	}
	p.files = append(p.files, f)
	d.files = append(d.files, f)
}

func fileName(d *delivery, r recordKind) (string, string) {
	base := columns[r].file
	switch d.supplier {
	case "coa":
		if r == coaStay || r == coaPermit {
			return base + ".jsonl.gz", "jsonl.gz"
		}
		return base + ".jsonl", "jsonl"
	case "municipality":
		if d.dialect.gzip {
			return base + ".csv.gz", "csv.gz"
		}
		return base + ".csv", "csv"
	default:
		return columns[r].record, "json"
	}
}

// fileOf finds the file of a record in a delivery of a supplier other than UWV.
func (d *delivery) fileOf(r recordKind) *file {
	for _, f := range d.files {
		if f.record == r {
			return f
		}
	}
	return nil
}

// period is a wage period: a calendar month or four weeks.
type period struct {
	from, to calendar.Day
	name     string
}

// periods lists the months first, then the four-weekly periods, each from 2014 to the last one that starts within what the wages cover.
type periods struct {
	list   []period
	months int // calendar months in the list
}

var fourWeeksStart = calendar.DayOf(2013, 12, 30) // a Monday

func newPeriods(coversTo calendar.Day) periods {
	var ps periods
	for m := coverStart.Month(); m.First() <= coversTo; m++ {
		ps.list = append(ps.list, period{m.First(), m.Last(), fmt.Sprintf("maand-%d-%02d", m.Year(), m.Number())})
	}
	ps.months = len(ps.list)
	for d := fourWeeksStart; d <= coversTo; d += 28 {
		ps.list = append(ps.list, period{d, d + 27, "4weken-" + d.ISO()})
	}
	return ps
}

// find gives the index of the period that holds d; -1 when none does.
func (ps periods) find(d calendar.Day, fourWeekly bool) int {
	n := int(d.Month() - coverStart.Month())
	if fourWeekly {
		n = ps.months + int(d-fourWeeksStart)/28
	} else if n >= ps.months {
		return -1
	}
	if d < coverStart || n >= len(ps.list) {
		return -1
	}
	return n
}
