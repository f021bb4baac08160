package audit

import (
	"testing"
)

// pair is x + y = 5 over 0..9 each; free is the same without an upper end, and with a difference: x - y = 0.
func pair() *program {
	return &program{spans: []span{{0, 9}, {0, 9}}, rows: []row{{terms: []term{{0, 1}, {1, 1}}, right: 5}}}
}

// TestFits takes points that add up within the spans, and no others.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		x    []int64
		fits bool
	}{
		{[]int64{2, 3}, true}, {[]int64{2, 2}, false}, {[]int64{2, 4}, false}, {[]int64{-1, 6}, false}, {[]int64{10, -5}, false}, {[]int64{5}, false},
	} {
		if got := pair().fits(c.x); got != c.fits {
			t.Errorf("%v fits: %v", c.x, got)
		}
	}
}

// TestBeyondASpan takes a point off that adds up but is more than a variable may be.
func TestBeyondASpan(t *testing.T) {
	p := pair()
	p.spans[0].high = 4
	if p.fits([]int64{5, 0}) || !p.fits([]int64{4, 1}) {
		t.Error("x + y = 5 with x at most 4 is solved by 4 and 1, and not by 5 and 0")
	}
}

// TestFloor rounds down, below nought too: a bound that is rounded up is not the least that is proven.
func TestFloor(t *testing.T) {
	for _, c := range [][3]int64{{7, 2, 3}, {6, 2, 3}, {-7, 2, -4}, {-6, 2, -3}, {0, 2, 0}} {
		if got := floor(c[0], c[1]); got != c[2] {
			t.Errorf("%d / %d is rounded to %d, want %d", c[0], c[1], got, c[2])
		}
	}
}

// TestGrows takes a direction only if it keeps every row, has no end, and gains.
func TestGrows(t *testing.T) {
	p := &program{spans: []span{{0, endless}, {0, endless}, {0, 9}}, rows: []row{{terms: []term{{0, 1}, {1, -1}}, right: 0}}}
	x := []term{{0, 1}}
	for _, c := range []struct {
		ray   []int64
		grows bool
	}{
		{[]int64{1, 1, 0}, true}, {[]int64{1, 0, 0}, false}, {[]int64{1, 2, 0}, false}, {[]int64{1, 1, 1}, false}, {[]int64{0, 0, 0}, false}, {[]int64{-1, -1, 0}, false},
	} {
		if got := p.grows(x, c.ray); got != c.grows {
			t.Errorf("in direction %v the first variable grows for ever: %v", c.ray, got)
		}
	}
}
