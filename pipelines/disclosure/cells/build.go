package cells

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Input is what a model is made of: tables as they were read, and what the
// SPEC says about them.
type Input struct {
	Rules
	Tables      []InputTable
	Hierarchies []*Hierarchy
	Constant    [][]string        // a cell that names exactly one of these sets of dimensions is one cell in all releases
	Within      map[string]string // no count of the first population exceeds that of the second
}

// InputTable is a table as it was read.
type InputTable struct {
	Name, Release, Population string
	Dimensions                []string
	Rows                      []InputRow
	// Weight is how much more than others its cells are missed when they are suppressed; 0 is 1.
	Weight int64
}

// InputRow is a row as it was read. Count is meaningless where a decided table says Suppressed.
type InputRow struct {
	Values []string // one for each dimension of the table
	Status Status
	Count  int64
}

// decided tells whether every row has a status.
func (t InputTable) decided() bool {
	return !slices.ContainsFunc(t.Rows, func(r InputRow) bool { return r.Status == Undecided })
}

// builder makes a model.
type builder struct {
	*Model
	in    Input
	place map[string]int // of a dimension
}

// Build makes the model of linked tables, or returns a *Refusal that names
// what does not fit together.
func Build(in Input) (*Model, error) {
	m := &Model{Rules: in.Rules, byName: map[string]int{}, constant: map[string]bool{}, hierarchies: in.Hierarchies}
	b := &builder{Model: m, in: in, place: map[string]int{}}
	steps := []func() error{b.rules, b.dimensions, b.constants, b.populations, b.tables, b.figures, b.values}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.sums()
	b.differences()
	return b.Model, nil
}

func (b *builder) rules() error {
	switch {
	case b.Base > 0 && b.Threshold > 0 && 2*b.Threshold <= b.Base:
		return &Refusal{Problem: fmt.Sprintf("threshold %d with base %d: a count below the threshold would not round to 0; the threshold must exceed half the base", b.Threshold, b.Base)}
	case b.PrimaryOnly && b.Threshold == 0:
		return &Refusal{Problem: "primary_only needs a threshold; give the one that the suppressed counts are below"}
	}
	return nil
}

// dimensions collects the dimensions of all tables.
func (b *builder) dimensions() error {
	seen := map[string]bool{}
	for _, t := range b.in.Tables {
		name := title(t.Name, t.Release, t.Population)
		if seen[t.Name+"\x00"+t.Release+"\x00"+t.Population] {
			return &Refusal{Table: name, Problem: "stands in the SPEC twice; tables of one name need another release or population"}
		}
		seen[t.Name+"\x00"+t.Release+"\x00"+t.Population] = true
		for _, d := range t.Dimensions {
			if _, known := b.place[d]; !known {
				b.place[d] = len(b.Dimensions)
				b.Dimensions = append(b.Dimensions, d)
			}
		}
	}
	for _, h := range b.hierarchies {
		b.known("hierarchies", h.Dimension)
	}
	return b.ownInners()
}

// known tells whether a table has the dimension that a line of the SPEC names, and notes it when none has.
func (b *builder) known(line, dimension string) bool {
	_, known := b.place[dimension]
	if !known {
		b.Notes = append(b.Notes, fmt.Sprintf("%s: no table has the dimension %q, so the line does nothing; the tables have %s", line, dimension, strings.Join(b.Dimensions, ", ")))
	}
	return known
}

// ownInners refuses an inner value that two hierarchies of a dimension have.
func (b *builder) ownInners() error {
	owner := map[string]bool{}
	for _, h := range b.hierarchies {
		for _, v := range h.inners() {
			if v == Total {
				continue
			}
			if owner[h.Dimension+"\x00"+v] {
				return h.refuse(v, "has values below it in two hierarchies; each hierarchy of a dimension needs inner values of its own")
			}
			owner[h.Dimension+"\x00"+v] = true
		}
	}
	return nil
}

func (b *builder) constants() error {
	for _, set := range b.in.Constant {
		if slices.ContainsFunc(set, func(d string) bool { return !b.known("constant", d) }) {
			continue // no cell names such a dimension
		}
		named := make([]bool, len(b.Dimensions))
		for _, d := range set {
			named[b.place[d]] = true
		}
		b.constant[pattern(named)] = true
	}
	return nil
}

// pattern is a set of dimensions as a text.
func pattern(named []bool) string {
	marks := make([]byte, len(named))
	for i, n := range named {
		marks[i] = '-'
		if n {
			marks[i] = 'x'
		}
	}
	return string(marks)
}

// populations holds within against the populations that there are.
func (b *builder) populations() error {
	there := map[string]bool{}
	for _, t := range b.in.Tables {
		there[t.Population] = true
	}
	for _, inner := range slices.Sorted(maps.Keys(b.in.Within)) {
		outer := b.in.Within[inner]
		for _, p := range []string{inner, outer} {
			if !there[p] {
				b.Notes = append(b.Notes, fmt.Sprintf("within: no table is of the population %q, so %s: %s protects nobody; write it as the tables do", p, inner, outer))
			}
		}
		if slices.Contains(b.outers(outer), outer) {
			return &Refusal{Problem: fmt.Sprintf("within: the population %q would be within itself; leave out one of the lines that lead round", outer)}
		}
	}
	return nil
}

// outers gives the populations that a population lies within, nearest first.
func (b *builder) outers(population string) []string {
	var found []string
	for next, ok := b.in.Within[population]; ok && !slices.Contains(found, next); next, ok = b.in.Within[next] {
		found = append(found, next)
	}
	return found
}
