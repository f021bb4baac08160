// Package population makes up people: permit holders, asylum seekers and displaced Ukrainians, who they are, and how they live, work and learn, by published
// figures. It does not know who tells of them: suppliers and their deliveries are those of the package above.
//
// Nobody in it exists. A person follows from the seed, the number of persons and the person's own number alone.
package population

import (
	"math"
	"sort"

	"doorstroom/connectors/synth/calendar"
)

// Kind says which group a person belongs to.
type Kind uint8

// The kinds of people.
const (
	PermitHolder Kind = iota
	Displaced
	Procedure // asked for asylum, no permit (yet)
	Refused
)

// Cell is one group of the population: people of one kind, nationality and year.
type Cell struct {
	Kind   Kind
	Nation int
	Year   int // of the first permit, the arrival or the application
}

// maxK is the last month since the permit that workShare knows.
const maxK = 200

// Model holds everything about the population that does not depend on one person. It is read-only after NewModel, so workers share it.
type Model struct {
	seed      uint64
	AsOf      calendar.Day
	persons   int
	cells     []Cell
	mixes     [][]who   // per cell
	couples   []couples // per cell
	upTo      []float64 // cumulative share of the population per cell
	seats     seats
	workShare []*[maxK]float64 // per cell, nil for others than permit holders
	shifted   [maxK]float64    // working share of women relative to men, by months since the permit
	Towns     []Municipality
	townUpTo  []float64 // cumulative share of new residents
}

// NewModel lays out a population of so many persons as it is on a day; the seed is what tells it from others.
func NewModel(seed uint64, asOf calendar.Day, persons int) *Model {
	towns := loadGeography()
	m := &Model{seed: seed, AsOf: asOf, persons: persons, Towns: towns}
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
func (m *Model) buildCells() {
	part := func(year int) float64 {
		if year < m.AsOf.Year() {
			return 1
		}
		if year > m.AsOf.Year() {
			return 0
		}
		return float64(m.AsOf-calendar.DayOf(year, 1, 1)+1) / 366
	}
	sum := 0.0
	add := func(c Cell, persons float64) {
		if persons > 0 {
			sum += persons
			m.cells = append(m.cells, c)
			m.mixes = append(m.mixes, groupMix(c.Kind, c.Year))
			m.upTo = append(m.upTo, sum)
		}
	}
	for year := cohortSize[0].year; year <= m.AsOf.Year(); year++ {
		for nation, n := range sizeOf(year) {
			add(Cell{PermitHolder, nation, year}, n*part(year))
		}
		if i := year - displacedArrivals[0].year; i >= 0 {
			i = min(i, len(displacedArrivals)-1)
			add(Cell{Displaced, Ukraine, year}, displacedArrivals[i].size*part(year))
		}
		add(Cell{Refused, Other, year}, refusedPerYear*part(year))
	}
	mix := cohortSize[len(cohortSize)-1].size
	total := 0.0
	for _, n := range mix {
		total += n
	}
	for nation, n := range mix {
		add(Cell{Procedure, nation, m.AsOf.Year()}, inProcedureStock*n/total)
	}
}

// sizeOf is the permits of a year by nationality; years to come are like the last one.
func sizeOf(year int) [Other + 1]float64 {
	return cohortSize[min(year-cohortSize[0].year, len(cohortSize)-1)].size
}

// TownAt draws a municipality by its weight; u in [0, 1).
func (m *Model) TownAt(u float64) int {
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
func (m *Model) buildWorkShares() {
	for k := range m.shifted {
		m.shifted[k] = at(womenRatio, float64(k))
	}
	m.workShare = make([]*[maxK]float64, len(m.cells))
	means := map[int]*[maxK]float64{}
	for i, c := range m.cells {
		if c.Kind != PermitHolder {
			continue
		}
		if means[c.Year] == nil {
			means[c.Year] = m.meanFactors(c.Year)
		}
		var curve [maxK]float64
		for k := range curve {
			curve[k] = targetShare(c, k) * at(realised, float64(k)) / means[c.Year][k]
		}
		m.workShare[i] = &curve
	}
}

// meanFactors is the mean of age factor times sex ratio over the 18-64 of a cohort, per month since the permit.
func (m *Model) meanFactors(cohort int) *[maxK]float64 {
	mix := groupMix(PermitHolder, cohort)
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
func targetShare(c Cell, k int) float64 {
	curve := workTarget[c.Nation]
	i := sort.SearchInts(targetMonths[:], k)
	share := curve[min(i, len(curve)-1)]
	if i > 0 && i < len(curve) {
		a, b := targetMonths[i-1], targetMonths[i]
		share = curve[i-1] + (curve[i]-curve[i-1])*float64(k-a)/float64(b-a)
	}
	share /= 100
	shift, known := cohortShift[c.Year]
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
