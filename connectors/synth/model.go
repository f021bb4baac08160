package synth

import (
	"math"
	"sort"
)

// populationKind says which group a person belongs to.
type populationKind uint8

const (
	permitHolder populationKind = iota
	displaced
	procedure // asked for asylum, no permit (yet)
	refused
)

// cell is one group of the population: people of one kind, nationality and year.
type cell struct {
	kind   populationKind
	nation int
	year   int // of the first permit, the arrival or the application
}

// maxK is the last month since the permit that workShare knows.
const maxK = 200

// model holds everything about the population that does not depend on one person. It is read-only after newModel, so workers share it.
type model struct {
	seed      uint64
	asOf      day
	persons   int
	cells     []cell
	mixes     [][]who   // per cell
	couples   []couples // per cell
	upTo      []float64 // cumulative share of the population per cell
	seats     seats
	workShare []*[maxK]float64 // per cell, nil for others than permit holders
	shifted   [maxK]float64    // working share of women relative to men, by months since the permit
	towns     []municipality
	townUpTo  []float64 // cumulative share of new residents
}

func newModel(seed uint64, asOf day, persons int) *model {
	towns := loadGeography()
	m := &model{seed: seed, asOf: asOf, persons: persons, towns: towns}
	m.buildCells()
	m.seats = newSeats(persons, m.upTo)
	for i := range m.cells {
		m.couples = append(m.couples, m.couplesOf(i))
	}
	m.buildWorkShares()
	sum := 0.0
	for _, t := range towns {
		sum += t.weight
		m.townUpTo = append(m.townUpTo, sum)
	}
	m.fitSmallGroups()
	return m
}

// buildCells lays out the groups with their shares; the last year counts for the part of it before the as-of day.
func (m *model) buildCells() {
	part := func(year int) float64 {
		if year < m.asOf.year() {
			return 1
		}
		if year > m.asOf.year() {
			return 0
		}
		return float64(m.asOf-dayOf(year, 1, 1)+1) / 366
	}
	sum := 0.0
	add := func(c cell, persons float64) {
		if persons > 0 {
			sum += persons
			m.cells = append(m.cells, c)
			m.mixes = append(m.mixes, groupMix(c.kind, c.year))
			m.upTo = append(m.upTo, sum)
		}
	}
	for year := cohortSize[0].year; year <= m.asOf.year(); year++ {
		for nation, n := range sizeOf(year) {
			add(cell{permitHolder, nation, year}, n*part(year))
		}
		if i := year - displacedArrivals[0].year; i >= 0 {
			i = min(i, len(displacedArrivals)-1)
			add(cell{displaced, ukraine, year}, displacedArrivals[i].size*part(year))
		}
		add(cell{refused, other, year}, refusedPerYear*part(year))
	}
	mix := cohortSize[len(cohortSize)-1].size
	total := 0.0
	for _, n := range mix {
		total += n
	}
	for nation, n := range mix {
		add(cell{procedure, nation, m.asOf.year()}, inProcedureStock*n/total)
	}
}

// sizeOf is the permits of a year by nationality; years to come are like the last one.
func sizeOf(year int) [other + 1]float64 {
	return cohortSize[min(year-cohortSize[0].year, len(cohortSize)-1)].size
}

// townAt draws a municipality by its weight; u in [0, 1).
func (m *model) townAt(u float64) int {
	return sort.SearchFloat64s(m.townUpTo, u*m.townUpTo[len(m.townUpTo)-1])
}

// ageFactor is how much more or less likely someone of an age is to work than average.
func ageFactor(age int) float64 {
	switch {
	case age < 18, age > 66:
		return 0
	case age < 23:
		return 1.0
	case age < 31:
		return 1.2
	case age < 41:
		return 1.05
	case age < 51:
		return 0.8
	case age < 58:
		return 0.5
	default:
		return 0.22
	}
}

// womenRatio is the working share of women relative to men: 4 % against 29 % while in the azc (CBS SWI 2023), growing to about half.
var womenRatio = []point{{0, 0.12}, {9, 0.18}, {24, 0.30}, {48, 0.42}, {96, 0.52}}

// realised makes up for working months that no record shows: no BSN yet, or ever, and months on call without hours. Read off the population itself.
var realised = []point{{0, 2.18}, {1, 1.43}, {2, 1.31}, {3, 1.23}, {4, 1.17}, {5, 1.13}, {6, 1.095}, {8, 1.06}, {10, 1.045}, {12, 1.035}, {18, 1.025}, {24, 1.02}}

const highestShare = 0.93 // nobody is certain to work

// buildWorkShares turns the published totals into the share of a man of average age, per cohort, nationality and month since the permit.
func (m *model) buildWorkShares() {
	for k := range m.shifted {
		m.shifted[k] = at(womenRatio, float64(k))
	}
	m.workShare = make([]*[maxK]float64, len(m.cells))
	means := map[int]*[maxK]float64{}
	for i, c := range m.cells {
		if c.kind != permitHolder {
			continue
		}
		if means[c.year] == nil {
			means[c.year] = m.meanFactors(c.year)
		}
		var curve [maxK]float64
		for k := range curve {
			curve[k] = targetShare(c, k) * at(realised, float64(k)) / means[c.year][k]
		}
		m.workShare[i] = &curve
	}
}

// meanFactors is the mean of age factor times sex ratio over the 18-64 of a cohort, per month since the permit.
func (m *model) meanFactors(cohort int) *[maxK]float64 {
	mix := groupMix(permitHolder, cohort)
	var means [maxK]float64
	for k := range means {
		sum, people, before := 0.0, 0.0, 0.0
		for _, w := range mix {
			share := w.upTo - before
			before = w.upTo
			age := w.age + (k+6)/12
			if age < 18 || age > 64 {
				continue
			}
			people += share
			if w.man {
				sum += share * ageFactor(age)
			} else {
				sum += share * ageFactor(age) * m.shifted[k]
			}
		}
		means[k] = sum / people
	}
	return &means
}

// targetShare is the share (0-1) of a cohort and nationality that works k months after the permit.
func targetShare(c cell, k int) float64 {
	curve := workTarget[c.nation]
	i := sort.SearchInts(targetMonths[:], k)
	share := curve[min(i, len(curve)-1)]
	if i > 0 && i < len(curve) {
		a, b := targetMonths[i-1], targetMonths[i]
		share = curve[i-1] + (curve[i]-curve[i-1])*float64(k-a)/float64(b-a)
	}
	share /= 100
	shift, known := cohortShift[c.year]
	if !known {
		shift = cohortShift[2026]
	}
	odds := math.Log(share/(1-share)) + shift.late + (shift.early-shift.late)*math.Exp(-float64(k)/11)
	if k > 36 {
		lead := max(0.3, 1-0.7*float64(k-36)/48)
		odds -= shift.late * (1 - lead)
	}
	return 1 / (1 + math.Exp(-odds))
}
