package link

import (
	"bytes"
	"slices"
	"strings"

	"doorstroom/schemas"
)

// Linkage says how a person is known.
type Linkage uint8

// The linkages, as column linkage of facts.person.
const (
	Linked Linkage = iota
	VOnly
	BOnly
	InConflict
)

var linkageNames = [...]string{"linked", "v_only", "b_only", "conflict"}

// String gives the contract's name.
func (l Linkage) String() string { return linkageNames[l] }

// ID is a person_id: 'v' or 'b' and the 26 characters of a pseudonym.
type ID [27]byte

// String redacts, as a pseudonym does.
func (ID) String() string { return "**person**" }

// GoString redacts as String does.
func (i ID) GoString() string { return i.String() }

// Persons is the outcome: persons numbered 0, 1, 2, ... by the bytes of their person_id.
type Persons struct {
	IDs       []ID
	Linkages  []Linkage
	Conflicts []Conflict
	nodes     []node
	number    []uint32 // of the person, per node
}

// Conflict is one pseudonym of a conflicting set.
type Conflict struct {
	Set       ID // 'b' and the smallest B of the set
	Pseudonym ID
	// Suppliers whose records hold the pseudonym, sorted by name.
	Suppliers []string
}

// Len is the number of persons.
func (p *Persons) Len() int { return len(p.IDs) }

// Each calls f for every pseudonym with the number of its person.
func (p *Persons) Each(f func(kind Kind, key [16]byte, person uint32)) {
	for i := range p.nodes {
		f(p.nodes[i].kind, p.nodes[i].key, p.number[i])
	}
}

// set is what is known of a connected set; nodes are numbers, none is noNode.
type set struct {
	firstV, firstB uint32 // smallest by the 26 characters
	countB         uint32
}

const noNode = ^uint32(0)

// Persons resolves the graph, which must not be added to afterwards.
func (g *Graph) Persons() *Persons {
	g.byKey = [2]map[[16]byte]uint32{}
	sets := g.sets()
	drafts := make([]draft, 0, len(g.nodes))
	p := &Persons{nodes: g.nodes, number: make([]uint32, len(g.nodes))}
	for i := range g.nodes {
		at, root := uint32(i), g.root(uint32(i))
		switch s := &sets[root]; {
		case s.countB > 1:
			drafts = append(drafts, draft{id: idOf(&g.nodes[i]), node: at, linkage: InConflict})
			p.Conflicts = append(p.Conflicts, conflictOf(&g.nodes[i], &g.nodes[s.firstB]))
		case root == at:
			drafts = append(drafts, g.person(s, at))
		}
	}
	p.take(drafts)
	for i := range g.nodes {
		if root := g.root(uint32(i)); sets[root].countB <= 1 {
			p.number[i] = p.number[root]
		}
	}
	slices.SortFunc(p.Conflicts, func(a, b Conflict) int {
		if c := bytes.Compare(a.Set[:], b.Set[:]); c != 0 {
			return c
		}
		return bytes.Compare(a.Pseudonym[:], b.Pseudonym[:])
	})
	return p
}

// draft is a person before numbering; node is one that stands for it.
type draft struct {
	id      ID
	linkage Linkage
	node    uint32
}

// take numbers the persons in the order of person_id.
func (p *Persons) take(drafts []draft) {
	slices.SortFunc(drafts, func(a, b draft) int { return bytes.Compare(a.id[:], b.id[:]) })
	p.IDs, p.Linkages = make([]ID, len(drafts)), make([]Linkage, len(drafts))
	for i := range drafts {
		p.IDs[i], p.Linkages[i] = drafts[i].id, drafts[i].linkage
		p.number[drafts[i].node] = uint32(i)
	}
}

// sets describes every connected set at the place of its root.
func (g *Graph) sets() []set {
	sets := make([]set, len(g.nodes))
	for i := range sets {
		sets[i] = set{firstV: noNode, firstB: noNode}
	}
	for i := range g.nodes {
		s := &sets[g.root(uint32(i))]
		if g.nodes[i].kind == V {
			s.firstV = g.smaller(s.firstV, uint32(i))
			continue
		}
		s.firstB = g.smaller(s.firstB, uint32(i))
		s.countB++
	}
	return sets
}

func (g *Graph) smaller(a, b uint32) uint32 {
	if a == noNode || g.nodes[b].pseudonym().Less(g.nodes[a].pseudonym()) {
		return b
	}
	return a
}

// person describes a set without conflict.
func (g *Graph) person(s *set, root uint32) draft {
	d := draft{node: root, linkage: Linked}
	switch {
	case s.firstV == noNode:
		d.linkage, d.id = BOnly, idOf(&g.nodes[s.firstB])
	case s.firstB == noNode:
		d.linkage, d.id = VOnly, idOf(&g.nodes[s.firstV])
	default:
		d.id = idOf(&g.nodes[s.firstV])
	}
	return d
}

func idOf(n *node) (id ID) {
	id[0] = "vb"[n.kind]
	n.pseudonym().AppendText(id[1:1])
	return id
}

func conflictOf(n, firstB *node) Conflict {
	return Conflict{Set: idOf(firstB), Pseudonym: idOf(n), Suppliers: n.suppliers.names()}
}

func (s Suppliers) names() []string {
	var names []string
	for i, name := range schemas.Suppliers {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, strings.Compare)
	return names
}

// SupplierBit gives the set of one supplier; empty for an unknown name.
func SupplierBit(name string) Suppliers {
	if i := slices.Index(schemas.Suppliers, name); i >= 0 {
		return 1 << i
	}
	return 0
}
