package reference

import (
	"cmp"
	"slices"

	"doorstroom/pipelines/route"
)

func (p *person) workSpellRows() (out [][]string) {
	never := func([]route.Employment, day) bool { return false }
	for i, s := range p.spells(p.Employments, never) {
		out = append(out, []string{number(i + 1), date(s.start), date(s.end),
			number(s.distinct(func(r route.Employment) string { return r.Employer })),
			decimal(s.meanHours()), p.contractOn(s, s.start), p.contractOn(s, s.end)})
	}
	return out
}

func (p *person) jobRows() (out [][]string) {
	byEmployer := map[string][]route.Employment{}
	for _, r := range p.Employments {
		byEmployer[r.Employer] = append(byEmployer[r.Employer], r)
	}
	var employers []string
	for e := range byEmployer {
		employers = append(employers, e)
	}
	slices.Sort(employers)
	administrative := func(rows []route.Employment, last day) bool {
		return has(rows, func(r route.Employment) bool { return among(p.ContractGoesOn, r.EndReason) && r.IKVEnd == last })
	}
	for _, e := range employers {
		for i, s := range p.spells(byEmployer[e], administrative) {
			out = append(out, p.jobRow(e, i+1, s))
		}
	}
	return out
}

func (p *person) jobRow(employer string, n int, s spell) []string {
	realised := 0
	for _, d := range p.grid {
		if len(p.workRows(s.rows, d)) > 0 {
			realised++
		}
	}
	latest := best(s.rows, all, func(a, b route.Employment) int {
		return cmp.Or(cmp.Compare(b.PeriodStart, a.PeriodStart), cmp.Compare(a.IKVID, b.IKVID), cmp.Compare(a.RecordID, b.RecordID))
	})
	return []string{employer, number(n), date(s.start), date(s.end),
		number(s.distinct(func(r route.Employment) string { return r.IKVID })), number(realised), decimal(s.meanHours()),
		p.contractOn(s, s.start), p.contractOn(s, s.end), text(latest.SectorCode),
		yes(realised >= int(p.SowisMonths) && s.meanHours() >= int64(p.SowisHours))}
}

// counts tells whether a record counts as bijstand.
func (def *definitions) counts(r route.Bijstand) bool { return among(def.Regulations, r.Regulation) }

// benefit is a bijstand spell.
type benefit struct {
	start, end day // end none: open
	records    []route.Bijstand
}

func (p *person) benefits() []benefit {
	var pw []route.Bijstand
	for _, r := range p.Bijstand {
		if p.counts(r) {
			pw = append(pw, r)
		}
	}
	slices.SortFunc(pw, func(a, b route.Bijstand) int { return cmp.Compare(a.Start, b.Start) })
	var out []benefit
	for _, r := range pw {
		if len(out) > 0 {
			s := &out[len(out)-1]
			if s.end == none || int(r.Start)-int(s.end)-1 <= int(p.BijstandGap) {
				s.records = append(s.records, r)
				if s.end != none && (r.End == none || r.End > s.end) {
					s.end = r.End
				}
				continue
			}
		}
		out = append(out, benefit{start: r.Start, end: r.End, records: []route.Bijstand{r}})
	}
	return out
}

// exitToWork is unknown when open or when month m+1 lies after the grid end.
func (p *person) exitToWork(s benefit) maybe {
	if s.end == none || p.after(referenceOf(s.end, 1)) {
		return maybe{}
	}
	return sure(p.free(referenceOf(s.end, 1)))
}

// after tells whether d lies after the grid end; it does when there is none.
func (p *person) after(d day) bool { return p.gridEnd == none || d > p.gridEnd }

func (p *person) loose(s benefit, n int) maybe {
	if !p.exitToWork(s).value || p.after(referenceOf(s.end, n)) {
		return maybe{}
	}
	return sure(p.free(referenceOf(s.end, n)))
}

func (p *person) strict(s benefit, n int) maybe {
	if !p.exitToWork(s).value || p.after(referenceOf(s.end, n)) {
		return maybe{}
	}
	for i := 1; i <= n; i++ {
		if !p.free(referenceOf(s.end, i)) {
			return sure(false)
		}
	}
	return sure(true)
}

func (p *person) bijstandRows() (out [][]string) {
	for i, s := range p.benefits() {
		latest := best(s.records, all, func(a, b route.Bijstand) int {
			return cmp.Or(cmp.Compare(b.Start, a.Start), cmp.Compare(b.RecordID, a.RecordID),
				cmp.Compare(a.MunicipalityCode, b.MunicipalityCode))
		})
		fromAZC := has(s.records, func(r route.Bijstand) bool { return r.Start == s.start && among(p.FromAZC, r.ReasonIn) })
		out = append(out, []string{number(i + 1), date(s.start), date(s.end), text(latest.MunicipalityCode), yes(fromAZC),
			p.exitToWork(s).text(), p.loose(s, p.Outcomes[0]).text(), p.loose(s, p.Outcomes[1]).text(), p.loose(s, p.Outcomes[2]).text(),
			p.strict(s, p.Outcomes[0]).text(), p.strict(s, p.Outcomes[1]).text(), p.strict(s, p.Outcomes[2]).text()})
	}
	return out
}
