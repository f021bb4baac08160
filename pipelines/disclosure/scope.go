package disclosure

import (
	"slices"
	"strings"

	"doorstroom/pipelines/disclosure/cells"
)

// scope is the tables of one release and population: which values people of it can have.
type scope struct {
	release, population string
	leaves              [][]string // for each dimension the values that are no sums of others there
	// begins has what the names of cells begin with: most combinations of values have no cell, which the first of them tell.
	begins map[string]bool
}

// knows takes the name of a cell.
func (s *scope) knows(values []string) {
	for d := range values {
		s.begins[beginning(values[:d+1])] = true
	}
}

func beginning(values []string) string { return strings.Join(values, "\x00") }

func scopeName(release, population string) string { return release + "\x00" + population }

// scopes finds those of a model.
func scopes(m *cells.Model) map[string]*scope {
	held := map[string][]map[string]bool{}
	all := map[string]*scope{}
	for _, t := range m.Tables {
		name := scopeName(t.Release, t.Population)
		if all[name] == nil {
			all[name] = &scope{release: t.Release, population: t.Population, begins: map[string]bool{}}
			held[name] = make([]map[string]bool, len(m.Dimensions))
			for d := range m.Dimensions {
				held[name][d] = map[string]bool{}
			}
		}
		for _, row := range t.Rows {
			for d, v := range m.Cells[row.Cell].Values {
				held[name][d][v] = true
			}
		}
	}
	for name, s := range all {
		for i, c := range m.Cells {
			if c.Population == s.population && (c.Release == s.release || m.Constant(i)) {
				s.knows(c.Values)
			}
		}
		for d := range m.Dimensions {
			s.leaves = append(s.leaves, leaves(m, d, held[name][d]))
		}
	}
	return all
}

// leaves gives the values of which no other of the values is a part.
func leaves(m *cells.Model, d int, held map[string]bool) []string {
	inner := map[string]bool{cells.Total: true}
	for v := range held {
		for _, above := range m.Above(d, v) {
			inner[above] = true
		}
	}
	var found []string
	for v := range held {
		if !inner[v] {
			found = append(found, v)
		}
	}
	slices.Sort(found)
	return found
}

// under tells whether whoever has the leaf also has the value.
func under(m *cells.Model, d int, leaf, value string) bool {
	return value == cells.Total || leaf == value || slices.Contains(m.Above(d, leaf), value)
}

// scopesOf gives the scopes that a cell counts people of: several for a cell that is one in all releases.
func (p *plan) scopesOf(cell int) []*scope {
	c := p.Cells[cell]
	if !p.Constant(cell) {
		return []*scope{p.scopes[scopeName(c.Release, c.Population)]}
	}
	var found []*scope
	for _, s := range p.scopes {
		if s.population == c.Population {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b *scope) int {
		if a.release < b.release {
			return -1
		}
		return 1
	})
	return found
}
