package audit

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestNudgesFit holds every point that small changes give against the rows and spans themselves: it fits, it is no
// further than the goal, and no worse than where it set out.
func TestNudgesFit(t *testing.T) {
	for _, base := range []int64{0, 5} {
		v := largeView(t, []int{6, 5, 4}, base, 0.3)
		a, err := newAttack(v, Options{})
		if err != nil {
			t.Fatal(err)
		}
		r := rand.New(rand.NewPCG(7, 8))
		for _, p := range a.programs {
			n := newNudger(p)
			first, ok := n.settle(p.middle(), nil)
			if !ok || !p.fits(first) {
				t.Fatalf("base %d: settled %v, which fits: %v", base, ok, ok && p.fits(first))
			}
			for range 500 {
				i, j := int32(r.IntN(len(p.spans))), int32(r.IntN(len(p.spans)))
				objective := []term{{i, 1}, {j, -1}}
				if i == j {
					objective = objective[:1]
				}
				from := slices.Clone(first)
				goal := value(objective, first) + int64(r.IntN(30))
				x := n.towards(first, objective, goal)
				if !p.fits(x) || value(objective, x) > goal || value(objective, x) < value(objective, first) || !slices.Equal(first, from) {
					t.Fatalf("base %d: from %d towards %d it gets to %d, which fits: %v; where it set out is unchanged: %v", base,
						value(objective, from), goal, value(objective, x), p.fits(x), slices.Equal(first, from))
				}
			}
		}
	}
}

// TestNothingSettlesWhereNothingFits gives two sums of the same two variables that cannot both be.
func TestNothingSettlesWhereNothingFits(t *testing.T) {
	s := &system{spans: []span{{0, 9}, {0, 9}}, in: [][]int32{{0, 1}, {0, 1}},
		rows: []row{{terms: []term{{0, 1}, {1, 1}}, right: 5}, {terms: []term{{0, 1}, {1, -1}}, right: 2}}}
	all, _ := s.programs()
	if x, ok := newNudger(all[0]).settle([]int64{0, 0}, nil); ok {
		t.Errorf("x + y = 5 and x - y = 2 are solved by the whole numbers %v", x)
	}
}

// TestDenseCubes are audited to the end: no bound of a rounded cube of three dimensions is left unproven, of which linear
// programs alone did not even find a first point.
func TestDenseCubes(t *testing.T) {
	v := largeView(t, []int{15, 13, 11}, 5, 0)
	report, err := Audit(context.Background(), v, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Findings {
		if f.Range.Low < 0 || f.Range.High < f.Range.Low {
			t.Errorf("%s is from %d to %d", v.Describe(f.Cell), f.Range.Low, f.Range.High)
		}
	}
}
