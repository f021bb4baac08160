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
	s.enter(entering)
	var at stop
	if phaseOne {
		at = s.ratioInfeasible(entering)
	} else {
		at = s.ratio(entering)
	}
	if math.IsInf(at.length, 1) {
		s.keepRay(entering)
		return nothingStops
	}
	s.advance(entering, at.length)
	if at.row < 0 {
		s.x[entering] = at.bound
		return flipped
	}
	s.exchange(entering, at)
	if at.length > 1e-9 {
		return pivoted
	}
	return blocked
}

// stop is where an entering variable ends: after length, when the basic
// variable of a row meets a bound or, with row -1, when it meets its own.
type stop struct {
	row    int
	length float64
	bound  float64
}

// own is where the entering variable meets its own bound.
func (s *Solver) own(entering int32) stop {
	lower, upper := s.bounds(entering)
	if s.direction(entering) < 0 {
		return stop{-1, s.x[entering] - lower, lower}
	}
	return stop{-1, upper - s.x[entering], upper}
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

// flipMore takes other variables that improve to their bounds, where nothing
// else stops them. Reduced costs stay as they are as long as the basis does, so
// this saves computing them each time.
func (s *Solver) flipMore() {
	for _, j := range s.touched {
		if s.gain(j) <= improving || math.IsInf(s.own(j).length, 1) {
			continue
		}
		s.enter(j)
		if at := s.ratio(j); at.row < 0 {
			s.advance(j, at.length)
			s.x[j] = at.bound
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

// exchange puts the entering variable into the basis and the one that stopped it out of it.
func (s *Solver) exchange(entering int32, at stop) {
	leaving := s.basic[at.row]
	s.place[leaving], s.x[leaving] = -1, at.bound
	s.basic[at.row], s.place[entering] = entering, int32(at.row)
	s.factors.update(at.row, s.column)
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
