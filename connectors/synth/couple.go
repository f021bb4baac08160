package synth

import "math"

// couples pairs the women of a group who followed with the men who came before them: rateCouple of the women, spread over their ages, each with a man of
// his own. Ranks tell who they are, so either finds the other without a list of people.
type couples struct {
	wives, husbands span
	number          int
}

// span is a range of ranks.
type span struct{ first, size int }

// couplesOf reads the ranges off the mix of a cell; in it, the kinds of people lie one behind the other.
func (m *model) couplesOf(cell int) couples {
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
	c.number = min(int(rateCouple*float64(c.wives.size)), c.husbands.size)
	return c
}

// rankFrom is the first rank that lies at a place (0-1) or after it.
func (m *model) rankFrom(cell int, place float64, size int) int {
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
func (p *person) findHusband() {
	p.husband = nil
	couples := &p.model.couples[p.seat.index]
	rank, found := couples.husbandOf(p.seat.rank)
	if !found || p.exit != 0 {
		return
	}
	if p.other == nil {
		p.other = newPerson(p.model)
	}
	h := p.other
	h.live(p.model.seats.personAt(p.seat.index, rank))
	if h.permit >= p.permit || h.settled == 0 || h.settled > p.model.asOf || h.exit != 0 || h.bsn == 0 {
		return
	}
	p.husband = h
	p.settled = max(p.settled, h.settled)
	p.coupled = min(max(p.coupled, p.permit), p.settled)
}

// moveIn gives the woman the homes of her husband from the day on which she settles.
func (p *person) moveIn() {
	for _, h := range p.husband.homes {
		if p.settled > p.model.asOf {
			return
		}
		if h.to == 0 || h.to >= p.settled {
			h.from = max(h.from, p.settled)
			p.homes = append(p.homes, h)
		}
	}
}

// shareBenefit puts the woman on the bijstand of her husband: one benefit, paid to both.
func (p *person) shareBenefit() {
	for _, s := range p.husband.spells {
		if s.to != 0 && s.to < p.settled {
			continue
		}
		s.from = max(s.from, p.settled)
		p.spells = append(p.spells, s)
	}
}

// household is the form of the household and the role in it that the bijstand of the person has.
func (p *person) household() (form, role string) {
	if p.husband != nil {
		return "gehuwd_samenwonend", "partner"
	}
	_, married := p.model.couples[p.seat.index].wifeOf(p.seat.rank)
	switch {
	case married:
		return "gehuwd_samenwonend", "aanvrager"
	case p.family && !p.man && p.chance(0.7):
		return "gehuwd_samenwonend", "partner"
	case p.chance(0.35):
		return "gehuwd_samenwonend", "aanvrager"
	case !p.man && p.chance(0.4):
		return "alleenstaande_ouder", "aanvrager"
	}
	return "alleenstaand", "aanvrager"
}
