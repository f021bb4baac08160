package population

import "math"

// couples pairs the women of a group who followed with the men who came before them: RateCouple of the women, spread over their ages, each with a man of
// his own. Ranks tell who they are, so either finds the other without a list of people.
type couples struct {
	wives, husbands span
	number          int
}

// span is a range of ranks.
type span struct{ first, size int }

// couplesOf reads the ranges off the mix of a cell; in it, the kinds of people lie one behind the other.
func (m *Model) couplesOf(cell int) couples {
	mix, size := m.mixes[cell], m.seats.size(cell)
	ranks := func(is func(w *who) bool) span {
		from, to, before := math.Inf(1), 0.0, 0.0
		for i := range mix {
			if w := &mix[i]; is(w) {
				from, to = min(from, before), w.upTo
			}
			before = mix[i].upTo
		}
		if to == 0 {
			return span{}
		}
		first := m.rankFrom(cell, from, size)
		return span{first, m.rankFrom(cell, to, size) - first}
	}
	c := couples{
		wives:    ranks(func(w *who) bool { return w.family && !w.man && w.age >= adult }),
		husbands: ranks(func(w *who) bool { return !w.family && w.man && w.age >= adult }),
	}
	c.number = min(int(RateCouple*float64(c.wives.size)), c.husbands.size)
	return c
}

// rankFrom is the first rank that lies at a place (0-1) or after it.
func (m *Model) rankFrom(cell int, place float64, size int) int {
	return min(max(int(math.Ceil(place*float64(size)-m.shift(cell))), 0), size)
}

// husbandOf gives the rank of the husband of a woman; false when she has none here.
func (c *couples) husbandOf(rank int) (int, bool) { return c.partner(rank, c.wives, c.husbands) }

// wifeOf gives the rank of the wife of a man.
func (c *couples) wifeOf(rank int) (int, bool) { return c.partner(rank, c.husbands, c.wives) }

// partner spreads the couples over both ranges: couple i has the i*size/number-th place of each.
func (c *couples) partner(rank int, own, other span) (int, bool) {
	at := rank - own.first
	if at < 0 || at >= own.size || c.number == 0 {
		return 0, false
	}
	i := (at*c.number + own.size - 1) / own.size
	if i >= c.number || i*own.size/c.number != at {
		return 0, false
	}
	return other.first + i*other.size/c.number, true
}

// findHusband lives the life of the husband, when he was here first and has a home; the woman then moves in with him.
func (p *Person) findHusband() {
	p.Husband = nil
	couples := &p.model.couples[p.seat.index]
	rank, found := couples.husbandOf(p.seat.rank)
	if !found || p.Exit != 0 {
		return
	}
	if p.other == nil {
		p.other = NewPerson(p.model)
	}
	h := p.other
	h.Live(p.model.seats.personAt(p.seat.index, rank))
	if h.Permit >= p.Permit || h.Settled == 0 || h.Settled > p.model.AsOf || h.Exit != 0 || h.BSN == 0 {
		return
	}
	p.Husband = h
	p.Settled = max(p.Settled, h.Settled)
	p.Coupled = min(max(p.Coupled, p.Permit), p.Settled)
}

// moveIn gives the woman the homes of her husband from the day on which she settles.
func (p *Person) moveIn() {
	for _, h := range p.Husband.Homes {
		if p.Settled > p.model.AsOf {
			return
		}
		if h.To == 0 || h.To >= p.Settled {
			h.From = max(h.From, p.Settled)
			p.Homes = append(p.Homes, h)
		}
	}
}

// shareBenefit puts the woman on the bijstand of her husband: one benefit, paid to both.
func (p *Person) shareBenefit() {
	for _, s := range p.Husband.Spells {
		if s.To != 0 && s.To < p.Settled {
			continue
		}
		s.From = max(s.From, p.Settled)
		p.Spells = append(p.Spells, s)
	}
}

// Household is the form of the household and the role in it that the bijstand of the person has.
func (p *Person) Household() (form, role string) {
	if p.Husband != nil {
		return "gehuwd_samenwonend", "partner"
	}
	_, married := p.model.couples[p.seat.index].wifeOf(p.seat.rank)
	switch {
	case married:
		return "gehuwd_samenwonend", "aanvrager"
	case p.family && !p.Man && p.Chance(0.7):
		return "gehuwd_samenwonend", "partner"
	case p.Chance(0.35):
		return "gehuwd_samenwonend", "aanvrager"
	case !p.Man && p.Chance(0.4):
		return "alleenstaande_ouder", "aanvrager"
	}
	return "alleenstaand", "aanvrager"
}
