package synth

import "math"

// benefitSpell is a time on bijstand in one municipality after another; to is 0 while it goes on.
type benefitSpell struct {
	from, to day
	toWork   bool
}

// Bijstand: the share of the variance that is fixed for a person, and how often the rest is drawn anew.
const (
	benefitFixed = 0.985
	benefitRenew = 1.0 / 240
)

const (
	topUpHours = 20   // a week; who works less may keep bijstand beside it
	topUpShare = 0.95 // of those
	pensionAge = 67
)

// drawBenefit decides for each reference day after settling whether the person lives on bijstand (as applicant or partner), then cuts it into spells.
func (p *person) drawBenefit() {
	if p.group.kind != permitHolder || p.settled == 0 || p.settled > p.model.asOf {
		return
	}
	if p.husband != nil {
		p.shareBenefit()
		return
	}
	base := p.rng.NormFloat64()
	u := p.benefitDraw(base)
	topUp := p.rng.Float64()
	unemployment, worked := 0, 0 // months of WW left, months worked in this run
	j := 0
	for i := max(0, int(p.settled.month()-p.base)); i < len(p.months); i++ {
		ref := (p.base + month(i)).last()
		if p.chance(benefitRenew) {
			u = p.benefitDraw(base)
		}
		age := p.age(ref)
		if p.months[i].work {
			worked++
			unemployment = min(worked/10, 2)
			for j+1 < len(p.jobs) && p.jobs[j+1].start <= ref {
				j++
			}
			p.months[i].benefit = age >= adult && p.jobs[j].hours < topUpHours && topUp < topUpShare && i > 0 && p.months[i-1].benefit
			continue
		}
		worked = 0
		if unemployment > 0 {
			unemployment--
			continue
		}
		share := at(benefitTarget, float64(ref.month()-p.permit.month()))
		if p.permit.year() >= laterBenefitFrom {
			share *= laterBenefit
		}
		if age < 21 {
			share *= 0.75
		}
		p.months[i].benefit = ref >= p.settled && p.here(ref) && age >= adult && age < pensionAge && u < share
	}
	p.cutSpells()
}

func (p *person) benefitDraw(fixed float64) float64 {
	return phi(math.Sqrt(benefitFixed)*fixed + math.Sqrt(1-benefitFixed)*p.rng.NormFloat64())
}

// cutSpells gives each run of months on bijstand its first and last day.
func (p *person) cutSpells() {
	for i := 0; i < len(p.months); i++ {
		if !p.months[i].benefit {
			continue
		}
		last := i
		for last+1 < len(p.months) && p.months[last+1].benefit {
			last++
		}
		m := p.base + month(i)
		s := benefitSpell{from: max(p.settled, m.first())}
		if s.from == m.first() && p.settled < m.first() {
			s.from = max(m.first()+day(p.rng.IntN(20)), s.from)
		}
		if last < len(p.months)-1 {
			p.endSpell(&s, last)
		}
		p.spells = append(p.spells, s)
		i = last
	}
}

// endSpell ends a spell after its last month on bijstand: the day before the job that ends it, or any day before the next reference day.
func (p *person) endSpell(s *benefitSpell, last int) {
	next := p.base + month(last+1)
	s.to = next.first() - 1
	if p.exit != 0 && p.exit < next.last() {
		s.to = p.exit
		return
	}
	if p.months[last+1].work {
		s.toWork = true
		for _, j := range p.jobs {
			if j.start >= next.first() && j.start <= next.last() {
				s.to = j.start - 1
			}
		}
		return
	}
	if p.chance(0.5) {
		s.to += day(p.rng.IntN(25))
	}
}
