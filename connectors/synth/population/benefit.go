package population

import (
	"math"

	"doorstroom/connectors/synth/calendar"
)

// BenefitSpell is a time on bijstand in one municipality after another; To is 0 while it goes on.
type BenefitSpell struct {
	From, To calendar.Day
	ToWork   bool
}

// Bijstand: the share of the variance that is fixed for a person, and how often the rest is drawn again.
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
func (p *Person) drawBenefit() {
	if p.Group.Kind != PermitHolder || p.Settled == 0 || p.Settled > p.model.AsOf {
		return
	}
	if p.Husband != nil {
		p.shareBenefit()
		return
	}
	base := p.Rand.NormFloat64()
	u := p.benefitDraw(base)
	topUp := p.Rand.Float64()
	unemployment, worked := 0, 0 // months of WW left, months worked in this run
	j := 0
	for i := max(0, int(p.Settled.Month()-p.Base)); i < len(p.months); i++ {
		ref := (p.Base + calendar.Month(i)).Last()
		if p.Chance(benefitRenew) {
			u = p.benefitDraw(base)
		}
		age := p.Age(ref)
		if p.months[i].work {
			worked++
			unemployment = min(worked/10, 2)
			for j+1 < len(p.Jobs) && p.Jobs[j+1].Start <= ref {
				j++
			}
			p.months[i].benefit = age >= adult && p.Jobs[j].Hours < topUpHours && topUp < topUpShare && i > 0 && p.months[i-1].benefit
			continue
		}
		worked = 0
		if unemployment > 0 {
			unemployment--
			continue
		}
		share := at(benefitTarget, float64(ref.Month()-p.Permit.Month()))
		if p.Permit.Year() >= laterBenefitFrom {
			share *= laterBenefit
		}
		if age < 21 {
			share *= 0.75
		}
		p.months[i].benefit = ref >= p.Settled && p.Here(ref) && age >= adult && age < pensionAge && u < share
	}
	p.cutSpells()
}

func (p *Person) benefitDraw(fixed float64) float64 {
	return phi(math.Sqrt(benefitFixed)*fixed + math.Sqrt(1-benefitFixed)*p.Rand.NormFloat64())
}

// cutSpells gives each run of months on bijstand its first and last day.
func (p *Person) cutSpells() {
	for i := 0; i < len(p.months); i++ {
		if !p.months[i].benefit {
			continue
		}
		last := i
		for last+1 < len(p.months) && p.months[last+1].benefit {
			last++
		}
		m := p.Base + calendar.Month(i)
		s := BenefitSpell{From: max(p.Settled, m.First())}
		if s.From == m.First() && p.Settled < m.First() {
			s.From = max(m.First()+calendar.Day(p.Rand.IntN(20)), s.From)
		}
		if last < len(p.months)-1 {
			p.endSpell(&s, last)
		}
		p.Spells = append(p.Spells, s)
		i = last
	}
}

// endSpell ends a spell after its last month on bijstand: the day before the job that ends it, or any day before the next reference day.
func (p *Person) endSpell(s *BenefitSpell, last int) {
	next := p.Base + calendar.Month(last+1)
	s.To = next.First() - 1
	if p.Exit != 0 && p.Exit < next.Last() {
		s.To = p.Exit
		return
	}
	if p.months[last+1].work {
		s.ToWork = true
		for _, j := range p.Jobs {
			if j.Start >= next.First() && j.Start <= next.Last() {
				s.To = j.Start - 1
			}
		}
		return
	}
	if p.Chance(0.5) {
		s.To += calendar.Day(p.Rand.IntN(25))
	}
}
