package population

import (
	"cmp"
	"slices"
	"sort"
)

// who is a kind of person within a group: sex, age at the permit (or arrival), and whether the person followed a family member.
type who struct {
	man, family bool
	age         int
	upTo        float64 // cumulative share of the group
}

// ageBand is a range of ages (years, inclusive) with its weight.
type ageBand struct {
	from, to int
	weight   float64
}

// Ages at the permit: people who came on their own, family members who followed, displaced people. Assumptions after CBS "Asiel en integratie".
var (
	agesSelf      = []ageBand{{0, 17, 18}, {18, 24, 26}, {25, 34, 31}, {35, 44, 15}, {45, 54, 7}, {55, 64, 2}, {65, 80, 1}}
	agesSelfLate  = []ageBand{{0, 17, 28}, {18, 24, 23}, {25, 34, 27}, {35, 44, 13}, {45, 54, 6}, {55, 64, 2}, {65, 80, 1}}
	agesFamily    = []ageBand{{0, 17, 58}, {18, 24, 9}, {25, 34, 17}, {35, 44, 11}, {45, 54, 3}, {55, 64, 1}, {65, 80, 1}}
	agesDisplaced = []ageBand{{0, 17, 28}, {18, 24, 11}, {25, 34, 18}, {35, 44, 20}, {45, 54, 11}, {55, 64, 7}, {65, 80, 5}}
)

// firstLateAges is the first year of agesSelfLate: more children from then on. Fitted to the number under Wi2021, 18,900 and 22,200 of the cohorts 2022
// and 2023 (CBS SWI 2023).
const firstLateAges = 2022

func selfAges(year int) []ageBand {
	if year >= firstLateAges {
		return agesSelfLate
	}
	return agesSelf
}

// familyShare is the share of family members who followed (nareis) per cohort. Assumption after CBS "Asiel en integratie".
var familyShare = map[int]float64{
	2014: 0.25, 2015: 0.38, 2016: 0.35, 2017: 0.50, 2018: 0.45, 2019: 0.35, 2020: 0.35, 2021: 0.30, 2022: 0.38, 2023: 0.40, 2024: 0.40, 2025: 0.40, 2026: 0.40,
}

// menShare is the share of men by group, age and route.
func menShare(kind Kind, age int, family bool) float64 {
	switch {
	case kind == Displaced && age < 18:
		return 0.51
	case kind == Displaced:
		return 0.33
	case age < 18:
		return 0.55
	case family:
		return 0.20
	default:
		return 0.74
	}
}

// adult is the age from which people work, have a benefit and come as somebody's husband or wife.
const adult = 18

// groupMix lists who is in a group: those who came by themselves and then those who followed, in each the children first, the women before the men.
func groupMix(kind Kind, year int) []who {
	var list []who
	add := func(bands []ageBand, family bool, share float64) {
		total := 0.0
		for _, b := range bands {
			total += b.weight
		}
		for _, b := range bands {
			for age := b.from; age <= b.to; age++ {
				weight := share * b.weight / total / float64(b.to-b.from+1)
				men := menShare(kind, age, family)
				list = append(list, who{true, family, age, weight * men}, who{false, family, age, weight * (1 - men)})
			}
		}
	}
	switch kind {
	case Displaced:
		add(agesDisplaced, false, 1)
	case PermitHolder:
		family := familyShare[min(year, 2026)]
		add(selfAges(year), false, 1-family)
		add(agesFamily, true, family)
	default:
		add(selfAges(year), false, 1)
	}
	slices.SortStableFunc(list, func(a, b who) int {
		return cmp.Or(order(a.family, b.family), order(a.age >= adult, b.age >= adult), order(a.man, b.man), cmp.Compare(a.age, b.age))
	})
	sum := 0.0
	for i := range list {
		sum += list[i].upTo
		list[i].upTo = sum
	}
	return list
}

// order puts false before true.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// whoAt is who sits at a place (0-1) in a group.
func whoAt(mix []who, place float64) *who {
	at := sort.Search(len(mix)-1, func(i int) bool { return place < mix[i].upTo })
	return &mix[at]
}
