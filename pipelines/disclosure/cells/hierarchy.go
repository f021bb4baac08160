package cells

import "slices"

// Hierarchy is a tree over the values of a dimension; its root is Total.
type Hierarchy struct {
	Dimension string
	children  map[string][]string
	parent    map[string]string
	level     map[string]int // how far below Total a value is
}

// Parent is a line of a hierarchy: a value and the value that it is part of.
type Parent struct{ Value, Parent string }

// NewHierarchy makes a tree out of its lines.
func NewHierarchy(dimension string, lines []Parent) (*Hierarchy, error) {
	h := &Hierarchy{Dimension: dimension, children: map[string][]string{}, parent: map[string]string{}, level: map[string]int{Total: 0}}
	for _, l := range lines {
		switch before, twice := h.parent[l.Value]; {
		case l.Value == Total:
			return nil, h.refuse(l.Value, "is the margin and has no parent; give the values below it the parent total")
		case l.Value == "" || l.Parent == "":
			return nil, h.refuse(l.Value, "is in a line that lacks a value or a parent; write total as parent of the top values")
		case twice && before != l.Parent:
			return nil, h.refuse(l.Value, "has two parents; put the second tree in a hierarchy of its own")
		case twice:
			return nil, h.refuse(l.Value, "stands there twice; leave one line")
		}
		h.parent[l.Value] = l.Parent
		h.children[l.Parent] = append(h.children[l.Parent], l.Value)
	}
	h.measure(Total)
	for value := range h.parent {
		if _, reached := h.level[value]; !reached {
			return nil, h.refuse(value, "does not lead up to total; give its topmost parent a line with the parent total")
		}
	}
	for _, below := range h.children {
		slices.Sort(below)
	}
	return h, nil
}

func (h *Hierarchy) refuse(value, problem string) *Refusal {
	return &Refusal{Table: "hierarchy of " + h.Dimension, Cell: h.Dimension + "=" + value, Problem: problem}
}

// measure sets the levels of everything below a value.
func (h *Hierarchy) measure(value string) {
	for _, child := range h.children[value] {
		h.level[child] = h.level[value] + 1
		h.measure(child)
	}
}

// Knows tells whether the tree has the value.
func (h *Hierarchy) Knows(value string) bool { _, ok := h.level[value]; return ok }

// Inner tells whether the value is a sum of others of the tree.
func (h *Hierarchy) Inner(value string) bool { return value != Total && len(h.children[value]) > 0 }

// inners gives the values that have children, Total included.
func (h *Hierarchy) inners() []string {
	var all []string
	for value := range h.children {
		all = append(all, value)
	}
	slices.Sort(all)
	return all
}

// parts gives the values that a value is the sum of in a table that holds
// these values: its children, and in place of a child at a level that the
// table leaves out altogether the nearest values below it.
func (h *Hierarchy) parts(value string, holds map[string]bool) []string {
	levels := map[int]bool{}
	for v := range holds {
		if h.Inner(v) {
			levels[h.level[v]] = true
		}
	}
	var found []string
	var descend func(string)
	descend = func(v string) {
		for _, child := range h.children[v] {
			if h.Inner(child) && !levels[h.level[child]] {
				descend(child)
				continue
			}
			found = append(found, child)
		}
	}
	descend(value)
	return found
}
