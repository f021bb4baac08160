package simplex

import "math"

// move is what a step came to.
type move int

const (
	pivoted      move = iota // another variable left the basis
	blocked                  // the same, but nothing changed its value
	flipped                  // the entering variable went to its other bound
	nothingStops             // it could go on for ever
)

// step moves the entering variable until a bound stops it.
func (s *Solver) step(entering int32, phaseOne bool) move {
	row, length := s.stop(entering, phaseOne)
	if math.IsInf(length, 1) {
		s.keepRay(entering)
		return nothingStops
	}
	s.advance(entering, length)
	if row < 0 {
		s.atUpper[entering] = !s.atUpper[entering]
		s.rest(entering)
		return flipped
	}
	s.exchange(entering, row)
	if length > 1e-9 {
		return pivoted
	}
	return blocked
}

// stop finds how far the entering variable can go, and the row that stops it
// there, -1 when that is its own other bound.
func (s *Solver) stop(entering int32, phaseOne bool) (row int, length float64) {
	s.enter(entering)
	row, length = s.ratio(s.direction(entering), phaseOne)
	lower, upper := s.bounds(entering)
	if own := upper - lower; own <= length {
		return -1, own
	}
	return row, length
}

// direction is the one in which a variable outside of the basis can go.
func (s *Solver) direction(j int32) float64 {
	if s.atUpper[j] {
		return -1
	}
	return 1
}

// advance moves the entering variable and with it those of the basis.
func (s *Solver) advance(entering int32, length float64) {
	by := s.direction(entering) * length
	s.x[entering] += by
	for i, a := range s.column {
		if a != 0 {
			s.x[s.basic[i]] -= by * a
		}
	}
}

// flipMore takes the other variables that improve to their other bounds, where
// nothing else stops them. Reduced costs stay as they are as long as the basis
// does, so this saves computing them each time.
func (s *Solver) flipMore(but int32) {
	for _, j := range s.touched {
		lower, upper := s.bounds(j)
		if j == but || s.gain(j) <= improving || upper == lower || math.IsInf(upper, 1) {
			continue
		}
		if row, length := s.stop(j, false); row < 0 {
			s.advance(j, length)
			s.atUpper[j] = !s.atUpper[j]
			s.rest(j)
		}
	}
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
func (s *Solver) keepRay(entering int32) {
	direction := s.direction(entering)
	s.ray = make([]float64, s.n)
	s.ray[entering] = direction
	for i, a := range s.column {
		if j := s.basic[i]; int(j) < s.n {
			s.ray[j] = -direction * a
		}
	}
}
