package route

// ordinals numbers the distinct strings of one person 0, 1, 2, ... in the
// order of their first appearance. A person has few of them, and rows of one
// tend to follow each other, so a search from the last hit beats a map.
type ordinals struct {
	names []string
	seen  []int32 // the stretch that counted it last, see countOnce
	last  int32
}

func (o *ordinals) reset() {
	clear(o.names)
	o.names, o.seen, o.last = o.names[:0], o.seen[:0], 0
}

func (o *ordinals) of(name string) int32 {
	if len(o.names) > 0 && o.names[o.last] == name {
		return o.last
	}
	for i, n := range o.names {
		if n == name {
			o.last = int32(i)
			return o.last
		}
	}
	o.names, o.seen = append(o.names, name), append(o.seen, 0)
	o.last = int32(len(o.names) - 1)
	return o.last
}

// countOnce gives 1 the first time that a stretch (numbered from 1) meets the
// ordinal, and 0 after that.
func (o *ordinals) countOnce(ordinal, stretch int32) uint16 {
	if o.seen[ordinal] == stretch {
		return 0
	}
	o.seen[ordinal] = stretch
	return 1
}
