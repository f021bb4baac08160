package main

import (
	"fmt"
	"math"
)

// result is what the marts give for a figure.
type result struct {
	*figure
	isShare                bool
	numerator, denominator float64
	scale                  float64 // persons that one synthetic person stands for
}

// known is false when there is nobody to count.
func (r *result) known() bool { return !r.isShare || r.denominator > 0 }

// ours is a share in percent, or a number of persons of the country.
func (r *result) ours() float64 {
	if r.isShare {
		return 100 * r.numerator / r.denominator
	}
	return r.numerator * r.scale
}

// difference is how far ours lies from the published value, or from the nearest end of a published range.
func (r *result) difference() float64 {
	switch ours := r.ours(); {
	case ours < r.low:
		return ours - r.low
	case ours > r.high:
		return ours - r.high
	}
	return 0
}

// standardError is what chance alone does to a share of that many people, points.
func (r *result) standardError() float64 {
	p := r.numerator / r.denominator
	return 100 * math.Sqrt(p*(1-p)/r.denominator)
}

// verdict is one target with its outcome.
type verdict struct {
	meaning string
	pass    bool
	// byChance tells that it passes only with the allowance for small groups.
	byChance bool
	detail   string
}

// rounding forgives what is lost in binary fractions.
const rounding = 1e-9

// chance is how many standard errors a share of few people may be off beyond the tolerance.
const chance = 2

// judge holds the results that name a target to its tolerance. Where chance alone moves a share further (some
// nationalities of a cohort are a few hundred people), two standard errors are allowed, and it is said how many needed that.
func judge(t target, results []*result) verdict {
	v := verdict{meaning: t.meaning}
	all, within, byChance := 0, 0, 0
	var worst *result
	for _, r := range results {
		if r.target != t.name {
			continue
		}
		all++
		if !r.known() {
			continue
		}
		off := math.Abs(r.difference())
		switch {
		case off <= t.tolerance+rounding:
			within++
		case off <= chance*r.standardError() && t.tolerance > 0:
			byChance++
		}
		if worst == nil || off > math.Abs(worst.difference()) {
			worst = r
		}
	}
	v.pass, v.byChance = all > 0 && within+byChance == all, byChance > 0
	v.detail = fmt.Sprintf("%d of %d", within, all)
	if byChance > 0 {
		v.detail += fmt.Sprintf(", %d more within two standard errors", byChance)
	}
	if worst != nil {
		v.detail += fmt.Sprintf("; furthest off: %s, %s, %s: %s where %s is published", worst.metric, worst.moment, worst.group, number(worst.ours(), worst.unit), published(worst.figure))
	}
	return v
}

// apart is by how many points two published shares must differ for their order to count.
const apart = 2

// judgeOrder holds nationalities of cohort 2014 to the published order: at every month since the permit, two whose
// published shares lie apart are in the same order, unless they are so near each other that chance alone turns them.
func judgeOrder(results []*result) verdict {
	v := verdict{meaning: fmt.Sprintf("order of nationalities, cohort 2014: every two that are published %d points or more apart", apart)}
	pairs, right, byChance := 0, 0, 0
	for i, a := range results {
		for _, b := range results[i+1:] {
			if !isNationality(a) || !isNationality(b) || a.moment != b.moment || math.Abs(a.low-b.low) < apart {
				continue
			}
			pairs++
			switch {
			case !a.known() || !b.known():
			case (a.low < b.low) == (a.ours() < b.ours()):
				right++
				continue
			case math.Abs(a.ours()-b.ours()) <= chance*math.Hypot(a.standardError(), b.standardError()):
				byChance++
				continue
			}
			v.detail += fmt.Sprintf("; not so: %s and %s, %s", a.group, b.group, a.moment)
		}
	}
	v.pass, v.byChance = pairs > 0 && right+byChance == pairs, byChance > 0
	if byChance > 0 {
		v.detail = fmt.Sprintf(", %d more the other way round within two standard errors", byChance) + v.detail
	}
	v.detail = fmt.Sprintf("%d of %d pairs", right, pairs) + v.detail
	return v
}

func isNationality(r *result) bool {
	return r.metric == "werkend" && r.cohort == "2014" && r.measure == "working_at_k" && r.group != "totaal"
}

// judgeCrossing holds Eritreans to work least of all at 30 months and more than Iraqis at 90.
func judgeCrossing(results []*result) verdict {
	v := verdict{meaning: "Eritreans of cohort 2014 work least of all nationalities at 30 months, and more than Iraqis at 90", pass: true}
	share := map[string]float64{}
	for _, r := range results {
		if isNationality(r) && r.known() {
			share[r.moment+r.group] = r.ours()
		}
	}
	early, late, iraqis := share["30 mnd na vergunningEritrea"], share["90 mnd na vergunningEritrea"], share["90 mnd na vergunningIrak"]
	for _, r := range results {
		if isNationality(r) && r.known() && r.moment == "30 mnd na vergunning" && r.group != "Eritrea" && r.ours() <= early {
			v.pass = false
		}
	}
	v.pass = v.pass && late > iraqis && iraqis > 0
	v.detail = fmt.Sprintf("Eritreans %.1f %% at 30 months, %.1f %% at 90; Iraqis %.1f %% at 90", early, late, iraqis)
	return v
}
