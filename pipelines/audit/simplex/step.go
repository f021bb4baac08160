package simplex

import "math"

// step moves the entering variable until a bound stops it. It tells whether
// anything moved, and whether anything stopped it.
func (s *Solver) step(entering int32, phaseOne bool) (moved, stopped bool) {
	s.enter(entering)
	direction := 1.0
	if s.atUpper[entering] {
		direction = -1
	}
	row, length := s.ratio(direction, phaseOne)
	lower, upper := s.bounds(entering)
	if own := upper - lower; own <= length {
		row, length = -1, own
	}
	if math.IsInf(length, 1) {
		s.keepRay(entering, direction)
		return false, false
	}
	s.x[entering] += direction * length
	for i, a := range s.column {
		if a != 0 {
			s.x[s.basic[i]] -= direction * length * a
		}
	}
	if row < 0 {
		s.atUpper[entering] = !s.atUpper[entering]
		s.rest(entering)
		return length > 0, true
	}
	s.exchange(entering, row)
	return length > 1e-9, true
}

// enter computes the entering column in terms of the basis.
func (s *Solver) enter(entering int32) {
	clear(s.column)
	for _, t := range s.p.Columns[entering] {
		s.column[t.Index] = float64(t.Sign)
	}
	s.factors.forward(s.column)
}

// ratio finds how far the entering variable can move and the row that stops
// it, of several that do so at once the one with the largest pivot.
func (s *Solver) ratio(direction float64, phaseOne bool) (row int, length float64) {
	row, length = -1, math.Inf(1)
	best := 0.0
	for i, a := range s.column {
		if math.Abs(a) < smallest {
			continue
		}
		reach := s.reach(i, direction*a, phaseOne)
		if reach < length-1e-9 || reach < length+1e-9 && math.Abs(a) > best {
			row, best = i, math.Abs(a)
			length = min(length, reach)
		}
	}
	return row, length
}

// reach is how far the basic variable of a row lets the entering one move,
// when it falls by fall for each unit.
func (s *Solver) reach(i int, fall float64, phaseOne bool) float64 {
	j := s.basic[i]
	lower, upper := s.bounds(j)
	x := s.x[j]
	if phaseOne && s.cost[i] != 0 { // outside of its bounds
		switch {
		case s.cost[i] > 0 && fall < 0:
			return (lower - x) / -fall
		case s.cost[i] < 0 && fall > 0:
			return (x - upper) / fall
		}
		return math.Inf(1)
	}
	if fall > 0 {
		return max(0, (x-lower)/fall)
	}
	return max(0, (upper-x)/-fall)
}

// exchange puts the entering variable into the basis and the one of the row out of it.
func (s *Solver) exchange(entering int32, row int) {
	leaving := s.basic[row]
	lower, upper := s.bounds(leaving)
	s.atUpper[leaving] = !math.IsInf(upper, 1) && math.Abs(s.x[leaving]-upper) < math.Abs(s.x[leaving]-lower)
	if lower == upper {
		s.atUpper[leaving] = false
	}
	s.place[leaving] = -1
	s.rest(leaving)
	s.basic[row], s.place[entering] = entering, int32(row)
	s.atUpper[entering] = false
	s.factors.update(row, s.column)
	if len(s.factors.updates) >= refactorEach {
		s.refactor()
		s.values()
	}
}

// keepRay notes the direction in which nothing stops the entering variable.
func (s *Solver) keepRay(entering int32, direction float64) {
	s.ray = make([]float64, s.n)
	s.ray[entering] = direction
	for i, a := range s.column {
		if j := s.basic[i]; int(j) < s.n {
			s.ray[j] = -direction * a
		}
	}
}
