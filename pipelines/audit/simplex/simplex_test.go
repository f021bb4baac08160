package simplex

import (
	"context"
	"math"
	"testing"
)

// two is x0 + x1 = 10 and x1 - x2 = 2, so x1 is 2 more than x2.
func two(upper float64) Problem {
	return Problem{
		Columns: [][]Term{{{0, 1}}, {{0, 1}, {1, 1}}, {{1, -1}}},
		Right:   []float64{10, 2},
		Lower:   []float64{0, 0, 0},
		Upper:   []float64{upper, math.Inf(1), 5},
	}
}

func TestMaximize(t *testing.T) {
	s := New(two(10))
	for _, c := range []struct {
		objective []Term
		want      float64
	}{
		{[]Term{{0, 1}}, 8}, // x1 is at least 2
		{[]Term{{1, 1}}, 7}, // x2 is at most 5
		{[]Term{{0, -1}}, -3},
		{[]Term{{1, 1}, {2, -1}}, 2},
	} {
		if got := s.Maximize(context.Background(), c.objective); got != Optimal {
			t.Fatalf("%v: %v", c.objective, got)
		}
		value := 0.0
		for _, term := range c.objective {
			value += float64(term.Sign) * s.X(int(term.Index))
		}
		if math.Abs(value-c.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", c.objective, value, c.want)
		}
	}
}

func TestInfeasible(t *testing.T) {
	if got := New(two(1)).Maximize(context.Background(), nil); got != Infeasible { // x1 would be 9, x2 7
		t.Errorf("%v, want infeasible", got)
	}
}

func TestUnbounded(t *testing.T) {
	s := New(Problem{Columns: [][]Term{{{0, 1}}, {{0, -1}}}, Right: []float64{3}, Lower: []float64{0, 0}, Upper: []float64{math.Inf(1), math.Inf(1)}})
	if got := s.Maximize(context.Background(), []Term{{0, 1}}); got != Unbounded {
		t.Fatalf("%v, want unbounded", got)
	}
	if s.Ray(0) != s.Ray(1) || s.Ray(0) <= 0 {
		t.Errorf("the direction is %v, %v", s.Ray(0), s.Ray(1))
	}
}
