package simplex

import "math"

// price computes the reduced costs for the objective or, while a basic
// variable is outside of its bounds, for getting it back inside. It tells
// which.
func (s *Solver) price(objective []Term) (phaseOne bool) {
	phaseOne = s.infeasibilities()
	if !phaseOne {
		for _, t := range objective {
			if at := s.place[t.Index]; at >= 0 {
				s.cost[at] = float64(t.Sign)
			}
		}
	}
	copy(s.y, s.cost)
	s.factors.backward(s.y)
	s.clearReduced()
	for i, y := range s.y {
		if y == 0 {
			continue
		}
		for _, t := range s.rows[i] {
			s.add(t.Index, -y*float64(t.Sign))
		}
	}
	if !phaseOne {
		for _, t := range objective {
			s.add(t.Index, float64(t.Sign))
		}
	}
	return phaseOne
}

// infeasibilities sets the costs of basic variables outside of their bounds.
func (s *Solver) infeasibilities() bool {
	found := false
	for i, j := range s.basic {
		lower, upper := s.bounds(j)
		s.cost[i] = 0
		switch tolerance := feasible * (1 + 1e-3*math.Abs(s.x[j])); {
		case s.x[j] < lower-tolerance:
			s.cost[i], found = 1, true
		case s.x[j] > upper+tolerance:
			s.cost[i], found = -1, true
		}
	}
	return found
}

func (s *Solver) clearReduced() {
	for _, j := range s.touched {
		s.reduced[j], s.marked[j] = 0, false
	}
	s.touched = s.touched[:0]
}

func (s *Solver) add(j int32, d float64) {
	if s.place[j] >= 0 {
		return
	}
	if !s.marked[j] {
		s.marked[j] = true
		s.touched = append(s.touched, j)
	}
	s.reduced[j] += d
}

// choose picks the variable that enters the basis: the one with the largest
// reduced cost or, to get out of a stall, any that improves.
func (s *Solver) choose(anyOfThem bool) int32 {
	best, entering, found := improving, int32(-1), 0
	for _, j := range s.touched {
		gain := s.gain(j)
		if gain <= improving {
			continue
		}
		found++
		if anyOfThem && s.random.IntN(found) == 0 || !anyOfThem && gain > best {
			best, entering = gain, j
		}
	}
	return entering
}

// gain is what the objective gains for each unit that a variable outside of
// the basis moves, 0 when it has no room to.
func (s *Solver) gain(j int32) float64 {
	lower, upper := s.bounds(j)
	switch d := s.reduced[j]; {
	case d > 0 && s.x[j] < upper:
		return d
	case d < 0 && s.x[j] > lower:
		return -d
	}
	return 0
}

// direction is the one in which a variable improves the objective.
func (s *Solver) direction(j int32) float64 {
	if s.reduced[j] < 0 {
		return -1
	}
	return 1
}
