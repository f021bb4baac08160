// Package ordinal numbers the few names that the records of one person have, and
// counts them once each. It keeps its memory from person to person.
package ordinal

import "math"

// Names numbers the distinct strings of one person 0, 1, 2, ... in the order of
// their first appearance. The zero value is ready. A person has few of them, and
// rows of one tend to follow each other, so a search from the last hit beats a
// map; of somebody under whose pseudonym many people were delivered a map knows
// them.
type Names struct {
	names []string
	seen  []int32 // the stretch that counted it last, see CountOnce
	last  int32
	many  map[string]int32 // all of names, from few on
}

// few are as many as a search is quick among.
const few = 64

// Reset forgets all names.
func (n *Names) Reset() {
	clear(n.names)
	n.names, n.seen, n.last, n.many = n.names[:0], n.seen[:0], 0, nil
}

// Of gives the number of a name, a new one when it has none.
func (n *Names) Of(name string) int32 {
	if len(n.names) > 0 && n.names[n.last] == name {
		return n.last
	}
	at, known := n.find(name)
	if !known {
		at = n.add(name)
	}
	n.last = at
	return at
}

func (n *Names) find(name string) (at int32, known bool) {
	if n.many != nil {
		at, known = n.many[name]
		return at, known
	}
	for i, other := range n.names {
		if other == name {
			return int32(i), true
		}
	}
	return 0, false
}

func (n *Names) add(name string) int32 {
	at := int32(len(n.names))
	n.names, n.seen = append(n.names, name), append(n.seen, 0)
	if n.many != nil {
		n.many[name] = at
	} else if len(n.names) == few {
		n.many = make(map[string]int32, 2*few)
		for i, other := range n.names {
			n.many[other] = int32(i)
		}
	}
	return at
}

// CountOnce gives the count, and one more the first time that a stretch (numbered from
// 1) meets the ordinal. At the most that a column holds it stays.
func (n *Names) CountOnce(count uint16, ordinal, stretch int32) uint16 {
	if n.seen[ordinal] == stretch || count == math.MaxUint16 {
		return count
	}
	n.seen[ordinal] = stretch
	return count + 1
}

// StartCount forgets which stretches counted a name; their numbers may come again.
func (n *Names) StartCount() { clear(n.seen) }

// Count is how many names have a number.
func (n *Names) Count() int { return len(n.names) }

// Name is the name of a number.
func (n *Names) Name(ordinal int32) string { return n.names[ordinal] }
