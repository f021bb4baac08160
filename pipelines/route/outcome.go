package route

import "doorstroom/schemas"

// followExits fills the outcomes of the bijstand spells: what the reference
// days after the month of the last covered day show, up to the grid end.
func (b *Builder) followExits(rows []Bijstand, ed *Edition, spells []BijstandSpellRow) {
	if ed.GridEnd == 0 {
		return
	}
	last := ed.GridEnd.Month()
	for i := range spells {
		s := &spells[i]
		if s.End == 0 || s.End.Month()+1 > last {
			continue
		}
		s.ExitToWork = tri(b.freeIn(rows, s.End.Month()+1))
		if s.ExitToWork == True {
			s.Loose6, s.Strict6 = b.follow(rows, s.End.Month(), b.rules.Outcomes[0], last)
			s.Loose12, s.Strict12 = b.follow(rows, s.End.Month(), b.rules.Outcomes[1], last)
			s.Loose18, s.Strict18 = b.follow(rows, s.End.Month(), b.rules.Outcomes[2], last)
		}
	}
}

// follow tells whether an exit in month m holds n months later: on that
// reference day (loose) and on all of them until then (strict). It is NULL when
// that day lies after the grid end.
func (b *Builder) follow(rows []Bijstand, m schemas.Month, n int, last schemas.Month) (loose, strict Tri) {
	until := m + schemas.Month(n)
	if until > last {
		return Null, Null
	}
	for month := m + 1; month < until; month++ {
		if !b.freeIn(rows, month) {
			return tri(b.freeIn(rows, until)), False
		}
	}
	loose = tri(b.freeIn(rows, until))
	return loose, loose
}

// freeIn tells whether the person works and has no bijstand on the reference
// day of a month up to the grid end, also of one before the person's grid.
func (b *Builder) freeIn(rows []Bijstand, month schemas.Month) bool {
	if b.grid.has(month) {
		m := &b.months[month-b.grid.first]
		return m.main != nil && !m.bijstand
	}
	d := month.Last()
	return b.worksOn(d) && !b.bijstandOn(rows, d)
}
