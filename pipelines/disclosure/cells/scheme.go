package cells

import "slices"

// scheme is how the values of a dimension add up in one table.
type scheme struct {
	sums []schemeSum
}

// schemeSum says which values one value is the sum of.
type schemeSum struct {
	total string
	parts []string
	flat  bool // the parts are the values that the table has, for want of a tree
}

// newScheme finds the hierarchies that a table uses, by the values that it
// holds: those of which it holds an inner value. Without any, Total is the sum
// of all other values.
//
// A hierarchy that is not in use but knows every value of the table still says
// what the inner values of other tables are the sum of.
func newScheme(hierarchies []*Hierarchy, holds map[string]bool) scheme {
	var s scheme
	used := false
	for _, h := range hierarchies {
		inUse := h.usedBy(holds)
		used = used || inUse
		if !inUse && !h.knowsAll(holds) {
			continue
		}
		for _, inner := range h.inners() {
			if parts := h.parts(inner, holds); len(parts) > 0 && (inUse || inner != Total) {
				s.sums = append(s.sums, schemeSum{total: inner, parts: parts})
			}
		}
	}
	if !used {
		s.sums = append(s.sums, schemeSum{total: Total, parts: others(holds), flat: true})
	}
	return s
}

// others gives the values of a table other than Total.
func others(holds map[string]bool) []string {
	var values []string
	for v := range holds {
		if v != Total {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	return values
}

func (h *Hierarchy) usedBy(holds map[string]bool) bool {
	for v := range holds {
		if h.Inner(v) {
			return true
		}
	}
	return false
}

func (h *Hierarchy) knowsAll(holds map[string]bool) bool {
	for v := range holds {
		if !h.Knows(v) {
			return false
		}
	}
	return true
}

// unknown gives a value that no hierarchy in use knows, if there is any.
func unknown(hierarchies []*Hierarchy, holds map[string]bool) (string, bool) {
	var used []*Hierarchy
	for _, h := range hierarchies {
		if h.usedBy(holds) {
			used = append(used, h)
		}
	}
	if len(used) == 0 {
		return "", false
	}
	for _, v := range others(holds) {
		if !slices.ContainsFunc(used, func(h *Hierarchy) bool { return h.Knows(v) }) {
			return v, true
		}
	}
	return "", false
}
