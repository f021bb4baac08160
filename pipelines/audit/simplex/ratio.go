package simplex

import (
	"cmp"
	"math"
	"slices"
)

// ratio finds where the entering variable stops when all basic variables are
// within their bounds; of several rows that stop it at once it takes the one
// with the largest pivot.
func (s *Solver) ratio(entering int32) stop {
	at := stop{row: -1, length: math.Inf(1)}
	best := 0.0
	direction := s.direction(entering)
	for i, a := range s.column {
		if math.Abs(a) < smallest {
			continue
		}
		j := s.basic[i]
		lower, upper := s.bounds(j)
		bound := upper
		if direction*a > 0 {
			bound = lower
		}
		reach := max(0, math.Abs(bound-s.x[j])/math.Abs(a))
		if direction*a > 0 && s.x[j] < lower || direction*a < 0 && s.x[j] > upper {
			reach = 0
		}
		if reach < at.length-1e-9 || reach < at.length+1e-9 && math.Abs(a) > best {
			best = math.Abs(a)
			at = stop{i, min(at.length, reach), bound}
		}
	}
	if own := s.own(entering); own.length <= at.length {
		return own
	}
	return at
}

// breakpoint is where the infeasibility falls less steeply, because a basic
// variable meets a bound.
type breakpoint struct {
	stop
	slope float64
}

// ratioInfeasible finds how far the entering variable should go to make the
// infeasibility least: past bounds that basic variables get back within, and
// past others as long as that still gains more than it costs.
func (s *Solver) ratioInfeasible(entering int32) stop {
	s.breaks = s.breaks[:0]
	direction := s.direction(entering)
	for i, a := range s.column {
		if math.Abs(a) >= smallest {
			s.meets(i, direction*a)
		}
	}
	slices.SortFunc(s.breaks, func(a, b breakpoint) int { return cmp.Compare(a.length, b.length) })
	own := s.own(entering)
	slope := s.gain(entering)
	for k := range s.breaks {
		b := &s.breaks[k]
		if own.length <= b.length {
			return own
		}
		if slope -= b.slope; slope <= improving {
			return b.stop
		}
	}
	return own
}

// meets notes which bounds the basic variable of a row meets when it falls by fall for each unit.
func (s *Solver) meets(i int, fall float64) {
	j := s.basic[i]
	lower, upper := s.bounds(j)
	at := func(bound float64) {
		if math.IsInf(bound, 1) {
			return
		}
		length := (s.x[j] - bound) / fall
		s.breaks = append(s.breaks, breakpoint{stop{i, max(0, length), bound}, math.Abs(fall)})
	}
	switch above, below := s.cost[i] < 0, s.cost[i] > 0; {
	case fall > 0 && above:
		at(upper)
		at(lower)
	case fall > 0 && !below:
		at(lower)
	case fall < 0 && below:
		at(lower)
		at(upper)
	case fall < 0 && !above:
		at(upper)
	}
}
