package route

import "math"

// ordinals numbers the distinct strings of one person 0, 1, 2, ... in the
// order of their first appearance. A person has few of them, and rows of one
// tend to follow each other, so a search from the last hit beats a map; of
// somebody under whose pseudonym many people were delivered a map knows them.
type ordinals struct {
	names []string
	seen  []int32 // the stretch that counted it last, see countOnce
	last  int32
	many  map[string]int32 // all of names, from few on
}

// few are as many as a search is quick among.
const few = 64

func (o *ordinals) reset() {
	clear(o.names)
	o.names, o.seen, o.last, o.many = o.names[:0], o.seen[:0], 0, nil
}

func (o *ordinals) of(name string) int32 {
	if len(o.names) > 0 && o.names[o.last] == name {
		return o.last
	}
	at, known := o.find(name)
	if !known {
		at = o.add(name)
	}
	o.last = at
	return at
}

func (o *ordinals) find(name string) (at int32, known bool) {
	if o.many != nil {
		at, known = o.many[name]
		return at, known
	}
	for i, n := range o.names {
		if n == name {
			return int32(i), true
		}
	}
	return 0, false
}

func (o *ordinals) add(name string) int32 {
	at := int32(len(o.names))
	o.names, o.seen = append(o.names, name), append(o.seen, 0)
	if o.many != nil {
		o.many[name] = at
	} else if len(o.names) == few {
		o.many = make(map[string]int32, 2*few)
		for i, n := range o.names {
			o.many[n] = int32(i)
		}
	}
	return at
}

// countOnce gives n, and one more the first time that a stretch (numbered from
// 1) meets the ordinal. At the most that a column holds it stays.
func (o *ordinals) countOnce(n uint16, ordinal, stretch int32) uint16 {
	if o.seen[ordinal] == stretch || n == math.MaxUint16 {
		return n
	}
	o.seen[ordinal] = stretch
	return n + 1
}
