package audit

// visits limits how often narrowing comes back to a row. What it has not
// narrowed by then is left to the search.
const visits = 100

// narrow shrinks the spans by each row alone until none shrinks any further. It
// returns the row that cannot be, or -1.
func narrow(rows []row, in [][]int32, spans []span) int {
	queue := make([]int32, len(rows))
	waiting := make([]bool, len(rows))
	visited := make([]int, len(rows))
	for i := range rows {
		queue[i], waiting[i] = int32(i), true
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		waiting[i] = false
		if visited[i]++; visited[i] > visits {
			continue
		}
		changed, ok := narrowRow(rows[i], spans)
		if !ok {
			return int(i)
		}
		for _, v := range changed {
			for _, other := range in[v] {
				if !waiting[other] {
					waiting[other] = true
					queue = append(queue, other)
				}
			}
		}
	}
	return -1
}

// narrowRow shrinks the spans of the variables of a row; it tells which
// changed, and whether anything fits.
func narrowRow(r row, spans []span) (changed []int32, ok bool) {
	low, high := reach(r, spans)
	if low.beyond(r.right) || high.beyond(-r.right) {
		return nil, false
	}
	for _, t := range r.terms {
		before := spans[t.index]
		after := before
		if rest, limited := low.without(least(t, before)); limited { // the others add up to at least rest
			after = after.atMost(t.sign, r.right-rest)
		}
		if rest, limited := high.without(least(term{t.index, -t.sign}, before)); limited { // and to at most -rest
			after = after.atMost(-t.sign, -r.right-rest)
		}
		if after.low > after.high {
			return nil, false
		}
		if after != before {
			spans[t.index] = after
			changed = append(changed, t.index)
		}
	}
	return changed, true
}

// total is a sum of which some terms may have no limit.
type total struct {
	sum       int64
	limitless int
}

// reach gives the least that a row can add up to, and the least that it can with all signs turned.
func reach(r row, spans []span) (low, high total) {
	for _, t := range r.terms {
		low.add(least(t, spans[t.index]))
		high.add(least(term{t.index, -t.sign}, spans[t.index]))
	}
	return low, high
}

// least is the least that a term can be; endless stands for no limit.
func least(t term, s span) int64 {
	switch {
	case t.sign > 0:
		return s.low
	case s.high == endless:
		return endless
	}
	return -s.high
}

func (t *total) add(x int64) {
	if x == endless {
		t.limitless++
		return
	}
	t.sum += x
}

// beyond tells whether even the least total is more than x.
func (t total) beyond(x int64) bool { return t.limitless == 0 && t.sum > x }

// without gives the total of the other terms, if that has a limit.
func (t total) without(x int64) (int64, bool) {
	if x == endless {
		return t.sum, t.limitless == 1
	}
	return t.sum - x, t.limitless == 0
}

// atMost limits sign times the variable to x.
func (s span) atMost(sign int8, x int64) span {
	if sign > 0 {
		s.high = min(s.high, x)
	} else {
		s.low = max(s.low, -x)
	}
	return s
}
