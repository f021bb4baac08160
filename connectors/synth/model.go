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
	names     pseudonyms
	cells     []cell
	upTo      []float64 // cumulative share of the population per cell
	workShare map[cohortNation]*[maxK]float64
	shifted   [maxK]float64 // working share of women relative to men, by months since the permit
	towns     []municipality
	townUpTo  []float64 // cumulative share of new residents
	plan      *plan
}

type cohortNation struct{ cohort, nation int }

func newModel(seed uint64, asOf day, persons int) (*model, error) {
	names, err := newPseudonyms(seed)
	if err != nil {
		return nil, err
	}
	towns := loadGeography()
	m := &model{seed: seed, asOf: asOf, names: names, towns: towns}
	m.buildCells()
	m.buildWorkShares()
	sum := 0.0
	for _, t := range towns {
		sum += t.weight
		m.townUpTo = append(m.townUpTo, sum)
	}
	m.plan = newPlan(asOf, persons, towns)
	return m, nil
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
			m.upTo = append(m.upTo, sum)
		}
	}
	lastSize := cohortSize[len(cohortSize)-1]
	for year := cohortSize[0].year; year <= m.asOf.year(); year++ {
		size := lastSize.size
		if i := year - cohortSize[0].year; i < len(cohortSize) {
			size = cohortSize[i].size
		}
		for nation, n := range size {
			add(cell{permitHolder, nation, year}, n*part(year))
		}
		if i := year - displacedArrivals[0].year; i >= 0 {
			i = min(i, len(displacedArrivals)-1)
			add(cell{displaced, ukraine, year}, displacedArrivals[i].size*part(year))
		}
		add(cell{refused, other, year}, refusedPerYear*part(year))
	}
	mix := lastSize.size
	total := 0.0
	for _, n := range mix {
		total += n
	}
	for nation, n := range mix {
		add(cell{procedure, nation, m.asOf.year()}, inProcedureStock*n/total)
	}
}

// cellOf gives person i its group and its place (0-1) in it. Successive persons fill a golden-ratio sequence, so every prefix of the population has the
// right mix, and the places of a group are spread evenly: small populations differ less by chance than independent draws would.
func (m *model) cellOf(i int) (cell, float64) {
	const step = 0.6180339887498949
	u := math.Mod(0.5+float64(i)*step, 1) * m.upTo[len(m.upTo)-1]
	at := sort.SearchFloat64s(m.upTo, u)
	low := 0.0
	if at > 0 {
		low = m.upTo[at-1]
	}
	return m.cells[at], (u - low) / (m.upTo[at] - low)
}

// townAt draws a municipality by its weight; u in [0, 1).
func (m *model) townAt(u float64) int {
	return sort.SearchFloat64s(m.townUpTo, u*m.townUpTo[len(m.townUpTo)-1])
}

// ageBand is a range of ages (years, inclusive) with its weight.
type ageBand struct {
	from, to int
	weight   float64
}

// Ages at the permit: people who came on their own, family members who followed, displaced people. Assumptions after CBS "Asiel en integratie".
var (
	agesSelf      = []ageBand{{0, 17, 18}, {18, 24, 26}, {25, 34, 31}, {35, 44, 15}, {45, 54, 7}, {55, 64, 2}, {65, 80, 1}}
	agesFamily    = []ageBand{{0, 17, 58}, {18, 24, 9}, {25, 34, 17}, {35, 44, 11}, {45, 54, 3}, {55, 64, 1}, {65, 80, 1}}
	agesDisplaced = []ageBand{{0, 17, 28}, {18, 24, 11}, {25, 34, 18}, {35, 44, 20}, {45, 54, 11}, {55, 64, 7}, {65, 80, 5}}
)

// familyShare is the share of family members who followed (nareis) per cohort. Assumption after CBS "Asiel en integratie".
var familyShare = map[int]float64{
	2014: 0.25, 2015: 0.38, 2016: 0.35, 2017: 0.50, 2018: 0.45, 2019: 0.35, 2020: 0.35, 2021: 0.30, 2022: 0.30, 2023: 0.30, 2024: 0.32, 2025: 0.40, 2026: 0.40,
}

func familyOf(cohort int) float64 { return familyShare[min(cohort, 2026)] }

// menShare is the share of men by age and route.
func menShare(age int, family bool) float64 {
	switch {
	case age < 18:
		return 0.55
	case family:
		return 0.20
	default:
		return 0.74
	}
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
var womenRatio = []point{{0, 0.10}, {9, 0.16}, {24, 0.30}, {48, 0.42}, {96, 0.52}}

// realised makes up for working months that no record shows: no BSN yet, zero hours on call.
var realised = []point{{0, 1.08}, {36, 1.08}, {60, 1.01}}

const highestShare = 0.93 // nobody is certain to work

// buildWorkShares turns the published totals into the share of a man of average age, per cohort, nationality and month since the permit.
func (m *model) buildWorkShares() {
	for k := range m.shifted {
		m.shifted[k] = at(womenRatio, float64(k))
	}
	m.workShare = map[cohortNation]*[maxK]float64{}
	for year := cohortSize[0].year; year <= m.asOf.year(); year++ {
		weights := m.meanFactors(year)
		for nation := range other + 1 {
			var curve [maxK]float64
			for k := range curve {
				curve[k] = targetShare(year, nation, k) * at(realised, float64(k)) / weights[k]
			}
			m.workShare[cohortNation{year, nation}] = &curve
		}
	}
}

// meanFactors is the mean of age factor times sex ratio over the 18-64 of a cohort, per month since the permit.
func (m *model) meanFactors(cohort int) [maxK]float64 {
	family := familyOf(cohort)
	var means [maxK]float64
	for k := range means {
		sum, people := 0.0, 0.0
		for _, route := range []struct {
			share  float64
			ages   []ageBand
			nareis bool
		}{{1 - family, agesSelf, false}, {family, agesFamily, true}} {
			for _, band := range route.ages {
				for a := band.from; a <= band.to; a++ {
					age := a + (k+6)/12
					if age < 18 || age > 64 {
						continue
					}
					w := route.share * band.weight / float64(band.to-band.from+1)
					men := menShare(a, route.nareis)
					sum += w * ageFactor(age) * (men + (1-men)*m.shifted[k])
					people += w
				}
			}
		}
		means[k] = sum / people
	}
	return means
}

// targetShare is the share (0-1) of a cohort and nationality that works k months after the permit.
func targetShare(cohort, nation, k int) float64 {
	curve := workTarget[nation]
	i := sort.SearchInts(targetMonths[:], k)
	share := curve[min(i, len(curve)-1)]
	if i > 0 && i < len(curve) {
		a, b := targetMonths[i-1], targetMonths[i]
		share = curve[i-1] + (curve[i]-curve[i-1])*float64(k-a)/float64(b-a)
	}
	share /= 100
	shift, known := cohortShift[cohort]
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
