package audit

import (
	"math/rand/v2"
	"slices"
)

const (
	nudges      = 32 // attempts to get further along an objective
	repairTries = 12 // repairs of one move that are tried
	repairMoves = 60 // moves after which a repair is given up
	settleMoves = 40 // moves for each row after which no first point is looked for any more
	settleRest  = 8  // moves for which a variable rests that was moved for a first point
)

// nudger finds points of whole numbers by small changes: it moves a variable
// and repairs the rows that this breaks by moving others within their spans.
// What it does not find may still be there. Rounded tables leave so much room
// that a few cells around the one that moves are nearly always enough, and then
// it takes microseconds where a linear program takes seconds.
type nudger struct {
	*program
	x       []int64
	missing []int64 // what each row lacks
	broken  []int32 // rows that lack something, the oldest first; some may be whole again
	moved   []move
	resting []int // the number of the move until which a variable is left alone
	random  *rand.Rand
}

// move is what a variable gained.
type move struct {
	index int32
	by    int64
}

func newNudger(p *program) *nudger {
	return &nudger{program: p, missing: make([]int64, len(p.rows)), resting: make([]int, len(p.spans)),
		random: rand.New(rand.NewPCG(5, 6))} //nolint:gosec // only breaks ties, and the same way every time
}

// towards moves an objective from a point that fits towards a goal, as near as
// it gets: in steps that are halved where they fail. It gives the new point.
func (n *nudger) towards(from []int64, objective []term, goal int64) []int64 {
	n.x = slices.Clone(from)
	for by := goal - value(objective, n.x); by > 0; {
		if !n.step(objective, by) {
			by /= 2
		}
		by = min(by, goal-value(objective, n.x))
	}
	return n.x
}

// step moves any one term of an objective while the others rest.
func (n *nudger) step(objective []term, by int64) bool {
	for i, t := range objective {
		for range repairTries {
			if n.push(objective, i, by*int64(t.sign)) {
				return true
			}
		}
	}
	return false
}

// push moves a term and repairs the rows; when that fails all is as it was.
func (n *nudger) push(objective []term, i int, by int64) bool {
	at := objective[i].index
	if !n.spans[at].holds(n.x[at] + by) {
		return false
	}
	n.moved, n.broken = n.moved[:0], n.broken[:0]
	for _, t := range objective {
		n.resting[t.index] = repairMoves
	}
	n.apply(at, by, repairMoves)
	whole := n.repair()
	if !whole {
		n.undo()
	}
	for _, t := range objective {
		n.resting[t.index] = 0
	}
	for _, m := range n.moved {
		n.resting[m.index] = 0
	}
	return whole
}

func (n *nudger) undo() {
	for _, m := range n.moved {
		n.x[m.index] -= m.by
		for _, t := range n.columns[m.index] {
			n.missing[t.index] = 0
		}
	}
}

// nudge meets points further along an objective, from the first one, until it is enough above the least value met.
func (s *search) nudge(objective []term, enough int64) {
	goal := s.limit(objective)
	low, high := s.seen(objective)
	if enough > 0 {
		goal = min(goal, low+enough)
	}
	if goal == endless || high >= goal {
		return
	}
	s.aim(objective)
	best := s.first
	for attempt := 0; attempt < s.patience && value(objective, best) < goal; attempt++ {
		from := s.first
		if attempt%2 == 1 {
			from = best
		}
		if x := s.nudger.towards(from, objective, goal); value(objective, x) > value(objective, best) {
			best = x
		}
	}
	s.meet(best)
	s.patience = max(1, s.patience/2)
	if value(objective, best) >= goal {
		s.patience = min(nudges, 4*s.patience)
	}
}
