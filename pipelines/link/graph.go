package link

import "doorstroom/schemas"

// Kind tells whose pseudonym it is.
type Kind uint8

// The kinds. The same 16 bytes as V and as B are two different pseudonyms.
const (
	V Kind = iota
	B
)

// Suppliers is a set of suppliers: bit i is schemas.Suppliers[i].
type Suppliers uint8

// node is one pseudonym. Nodes of one set share a root.
type node struct {
	key       [16]byte
	parent    uint32
	kind      Kind
	suppliers Suppliers
}

// Graph gathers pseudonyms and the links between them. It takes some 60 bytes
// per pseudonym. The zero value is ready; it serves one goroutine.
type Graph struct {
	nodes []node
	byKey [2]map[[16]byte]uint32
}

// Add notes that a supplier has records with these pseudonyms: one of them, or
// both, which links them. Adding the same again changes nothing.
func (g *Graph) Add(v, b schemas.Pseudonym, from Suppliers) {
	switch {
	case v.Valid && b.Valid:
		g.join(g.node(V, v.Key, from), g.node(B, b.Key, from))
	case v.Valid:
		g.node(V, v.Key, from)
	case b.Valid:
		g.node(B, b.Key, from)
	}
}

// Len is the number of distinct pseudonyms.
func (g *Graph) Len() int { return len(g.nodes) }

func (g *Graph) node(kind Kind, key [16]byte, from Suppliers) uint32 {
	if g.byKey[kind] == nil {
		g.byKey[kind] = make(map[[16]byte]uint32)
	}
	at, known := g.byKey[kind][key]
	if !known {
		at = uint32(len(g.nodes))
		g.nodes = append(g.nodes, node{key: key, kind: kind, parent: at})
		g.byKey[kind][key] = at
	}
	g.nodes[at].suppliers |= from
	return at
}

// root finds the representative of a set and halves the path to it.
func (g *Graph) root(at uint32) uint32 {
	for g.nodes[at].parent != at {
		g.nodes[at].parent = g.nodes[g.nodes[at].parent].parent
		at = g.nodes[at].parent
	}
	return at
}

// join makes one set of two. The lower number becomes the root, so that paths
// stay short: sets of pseudonyms have two or three members.
func (g *Graph) join(a, b uint32) {
	a, b = g.root(a), g.root(b)
	if a != b {
		g.nodes[max(a, b)].parent = min(a, b)
	}
}

func (n *node) pseudonym() schemas.Pseudonym { return schemas.Pseudonym{Key: n.key, Valid: true} }
