package audit

import "math"

// scales are the denominators that multipliers are tried with: those of the
// linear programs of tables are nearly always whole or halves.
var scales = []int64{1, 2, 3, 4, 6, 12, 60, 2520, 1 << 20}

// certify proves in whole numbers that the objective cannot exceed a bound, and
// returns the least one that it can prove. Any multipliers y prove one: with
// rows A x = b, the objective c x is y b + (c - y A) x, and the spans limit
// what the second part can be. So y may come from floating point.
//
// With an objective of nothing a bound below 0 proves that no x fits.
func (p *program) certify(objective []term, multiplier func(int) float64, spans []span, hoped int64) (bound int64, ok bool) {
	for _, scale := range scales {
		b, proven := p.weigh(objective, multiplier, spans, scale)
		if proven && (!ok || b < bound) {
			bound, ok = b, true
		}
		if ok && bound <= hoped {
			break
		}
	}
	return bound, ok
}

// weigh computes the bound that the multipliers prove when they are rounded to multiples of 1/scale.
func (p *program) weigh(objective []term, multiplier func(int) float64, spans []span, scale int64) (int64, bool) {
	cost := make(map[int32]int64, 64)
	for _, t := range objective {
		cost[t.index] += int64(t.sign) * scale
	}
	var sum careful
	for i, r := range p.rows {
		y := multiplier(i) * float64(scale)
		if math.Abs(y) > 1<<40 {
			return 0, false
		}
		whole := int64(math.Round(y))
		if whole == 0 {
			continue
		}
		sum.add(whole, r.right)
		for _, t := range r.terms {
			cost[t.index] -= whole * int64(t.sign)
		}
	}
	for j, c := range cost {
		switch {
		case c > 0 && spans[j].high == endless:
			return 0, false
		case c > 0:
			sum.add(c, spans[j].high)
		case c < 0:
			sum.add(c, spans[j].low)
		}
	}
	if sum.overflow() {
		return 0, false
	}
	return floor(sum.whole, scale), true
}

// careful adds products and notices when they leave 64 bits.
type careful struct {
	whole int64
	size  float64
}

func (c *careful) add(x, y int64) {
	c.whole += x * y
	c.size += math.Abs(float64(x) * float64(y))
}

func (c *careful) overflow() bool { return c.size > 1<<62 }

func floor(x, y int64) int64 {
	q := x / y
	if x%y < 0 {
		q--
	}
	return q
}

// unlimited proves in whole numbers that the objective grows for ever in a direction.
func (p *program) unlimited(objective []term, direction func(int) float64) bool {
	for _, scale := range scales {
		ray := make([]int64, len(p.spans))
		for j := range ray {
			x := direction(j) * float64(scale)
			if math.Abs(x) > 1<<40 {
				return false
			}
			ray[j] = int64(math.Round(x))
		}
		if p.grows(objective, ray) {
			return true
		}
	}
	return false
}

func (p *program) grows(objective []term, ray []int64) bool {
	for j, s := range p.spans {
		if ray[j] < 0 || ray[j] > 0 && s.high != endless {
			return false
		}
	}
	for _, r := range p.rows {
		if value(r.terms, ray) != 0 {
			return false
		}
	}
	return value(objective, ray) > 0
}

// value computes an objective at a point.
func value(objective []term, x []int64) int64 {
	sum := int64(0)
	for _, t := range objective {
		sum += int64(t.sign) * x[t.index]
	}
	return sum
}
