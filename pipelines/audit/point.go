package audit

import (
	"math"
)

// height is the value of the objective at the point of the linear program.
func (s *search) height() float64 {
	sum := 0.0
	for _, t := range s.objective {
		sum += float64(t.sign) * s.lp.X(int(t.index))
	}
	return sum
}

// round gives the point of the linear program in whole numbers, and the
// variable to halve at, or -1 when all are whole: the one furthest from whole,
// or as long as there is no point yet the nearest one, because that ends soonest.
func (s *search) round() ([]int64, int) {
	x := make([]int64, len(s.spans))
	chosen, at := 0.0, -1
	for j := range x {
		v := s.lp.X(j)
		near := math.Round(v)
		x[j] = int64(near)
		d := math.Abs(v - near)
		if d > 1e-5 && (at < 0 || (d > chosen) == s.found) {
			chosen, at = d, j
		}
	}
	return x, at
}

// meet takes in a point, if it solves the program.
func (s *search) meet(x []int64) bool {
	if !s.fits(x) {
		return false
	}
	for j, v := range x {
		if s.last == nil {
			s.met[j] = span{v, v}
			continue
		}
		s.met[j] = span{min(s.met[j].low, v), max(s.met[j].high, v)}
	}
	if s.last == nil {
		s.first = x
	}
	s.last = x
	s.points = append(s.points, x)
	if len(s.points) > kept {
		s.points = s.points[1:]
	}
	if v := value(s.objective, x); !s.found || v > s.best {
		s.best, s.found = v, true
	}
	return true
}
