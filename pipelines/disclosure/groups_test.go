package disclosure

import "testing"

func TestGroupDisclosure(t *testing.T) {
	for _, c := range []struct {
		count, margin int64
		tells         bool
	}{
		{0, 0, false}, {0, 1, true}, {1, 1, true}, {18, 20, false}, {19, 20, true}, {20, 20, true},
	} {
		if got := GroupDisclosure(c.count, c.margin); got != c.tells {
			t.Errorf("%d of %d: %v", c.count, c.margin, got)
		}
	}
}

func TestAmountTells(t *testing.T) {
	equal := func(n int, amount int64, more ...int64) []int64 {
		for range n {
			more = append(more, amount)
		}
		return more
	}
	for name, c := range map[string]struct {
		amounts []int64
		tells   bool
	}{
		"nine contributors":                  {equal(9, 100), true},
		"ten of the same":                    {equal(10, 100), false},
		"the rest is 80, a tenth is 100":     {equal(8, 10, 1000, 500), true},
		"the rest is 104, a tenth is 100":    {equal(8, 13, 1000, 500), false},
		"the rest is exactly a tenth":        {equal(10, 10, 1000, 500), false},
		"the rest is a tenth less one":       {equal(9, 11, 1000, 500), true},
		"a tenth that is no whole number":    {equal(10, 10, 1001, 500), true},
		"nobody besides the two has amounts": {equal(8, 0, 1, 1), true},
		"nobody has":                         {equal(10, 0), false},
	} {
		if got := AmountTells(c.amounts); got != c.tells {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestQuantileTells(t *testing.T) {
	for _, c := range []struct {
		below, above int64
		tells        bool
	}{{10, 10, false}, {9, 10, true}, {10, 9, true}} {
		if got := QuantileTells(c.below, c.above, 10); got != c.tells {
			t.Errorf("%d below, %d above: %v", c.below, c.above, got)
		}
	}
}
