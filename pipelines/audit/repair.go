package audit

// repair makes all rows whole, each by one move of a variable that has not moved yet.
func (n *nudger) repair() bool {
	for len(n.moved) < repairMoves {
		i, lacking := n.next()
		if !lacking {
			return true
		}
		at, by := n.choose(i, true)
		if by == 0 {
			return false
		}
		n.apply(at, by, repairMoves)
	}
	return false
}

// next gives the row that has been broken longest.
func (n *nudger) next() (row int32, lacking bool) {
	for len(n.broken) > 0 {
		if i := n.broken[0]; n.missing[i] != 0 {
			return i, true
		}
		n.broken = n.broken[1:]
	}
	return 0, false
}

// choose picks the move for a row that takes most off what all rows lack, any
// of the best. A whole one leaves the row nothing to lack.
func (n *nudger) choose(row int32, whole bool) (at int32, by int64) {
	best, found := int64(0), 0
	for _, t := range n.rows[row].terms {
		v := t.index
		if n.resting[v] > len(n.moved) {
			continue
		}
		d := n.missing[row] * int64(t.sign)
		if !whole {
			d = n.spans[v].clamp(n.x[v]+d) - n.x[v]
		}
		if d == 0 || !n.spans[v].holds(n.x[v]+d) {
			continue
		}
		gain := n.gain(v, d)
		if found == 0 || gain > best {
			best, found = gain, 0
		}
		if gain == best {
			if found++; n.random.IntN(found) == 0 {
				at, by = v, d
			}
		}
	}
	return at, by
}

// gain is how much less all rows lack together after a move.
func (n *nudger) gain(v int32, by int64) int64 {
	gain := int64(0)
	for _, t := range n.columns[v] {
		before := n.missing[t.index]
		gain += abs(before) - abs(before-by*int64(t.sign))
	}
	return gain
}

func (n *nudger) apply(at int32, by int64, rest int) {
	n.x[at] += by
	n.moved = append(n.moved, move{at, by})
	n.resting[at] = len(n.moved) + rest
	for _, t := range n.columns[at] {
		if n.missing[t.index] == 0 {
			n.broken = append(n.broken, t.index)
		}
		n.missing[t.index] -= by * int64(t.sign)
	}
}

func abs(x int64) int64 { return max(x, -x) }
