package audit

import "math"

// settle looks for a point that fits near any other, in which some variables stay as they are.
func (n *nudger) settle(near []int64, stay []term) ([]int64, bool) {
	n.x = make([]int64, len(n.spans))
	n.moved, n.broken = n.moved[:0], n.broken[:0]
	for j, s := range n.spans {
		n.x[j] = s.clamp(near[j])
	}
	for i, r := range n.rows {
		n.missing[i] = r.right - value(r.terms, n.x)
		if n.missing[i] != 0 {
			n.broken = append(n.broken, int32(i))
		}
	}
	for _, t := range stay {
		n.resting[t.index] = math.MaxInt
	}
	defer func() { clear(n.missing); clear(n.resting) }()
	for range settleMoves * len(n.rows) {
		i, lacking := n.next()
		if !lacking {
			return n.x, true
		}
		n.broken = append(n.broken[1:], i)
		if at, by := n.choose(i, false); by != 0 {
			n.apply(at, by, settleRest)
		}
	}
	return nil, false
}
