package audit

import "context"

// kept is how many of the last points a search keeps for differences.
const kept = 8

// bound finds the greatest value of an objective, without looking for it when
// the points met and what is proven already leave no doubt. With enough it ends
// at a value that is so much above the least one met.
func (s *search) bound(ctx context.Context, objective []term, enough int64) (int64, error) {
	limit := s.limit(objective)
	low, high := s.seen(objective)
	if high == limit && limit != endless || len(objective) == 1 && high == limit {
		return high, nil
	}
	s.goal = endless
	if enough > 0 {
		s.goal = low + enough
	}
	best, err := s.greatest(ctx, objective)
	if err != nil || len(objective) > 1 || best >= s.goal && best != endless {
		return best, err
	}
	t := objective[0]
	switch {
	case best == endless:
		s.met[t.index].high = endless
	case t.sign > 0:
		s.outer[t.index].high = best
	default:
		s.outer[t.index].low = -best
	}
	return best, nil
}

// limit is what an objective can be at most by what is proven of each variable.
func (s *search) limit(objective []term) int64 {
	limit := int64(0)
	for _, t := range objective {
		limit = plus(limit, most(t, s.outer[t.index]))
	}
	return limit
}

// most is the most that a term can be in a span.
func most(t term, s span) int64 {
	if t.sign > 0 {
		return s.high
	}
	return -s.low
}

// seen gives the least and the greatest value of an objective at the points met.
func (s *search) seen(objective []term) (low, high int64) {
	if len(objective) == 1 {
		t, m := objective[0], s.met[objective[0].index]
		if t.sign > 0 {
			return m.low, m.high
		}
		if m.high == endless {
			return value(objective, s.last), -m.low
		}
		return -m.high, -m.low
	}
	low, high = value(objective, s.last), value(objective, s.last)
	for _, x := range s.points {
		v := value(objective, x)
		low, high = min(low, v), max(high, v)
	}
	return low, high
}
