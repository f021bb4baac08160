package cells

import (
	"slices"
	"strings"
)

// releaseOf is the release in the name of a cell: none when it is one cell in all releases.
func (m *Model) releaseOf(release string, values []string) string {
	if len(m.constant) == 0 {
		return release
	}
	named := make([]bool, len(values))
	for i, v := range values {
		named[i] = v != Total
	}
	if m.constant[pattern(named)] {
		return ""
	}
	return release
}

// Find gives the cell of these values as a release and a population have it, or None.
func (m *Model) Find(release, population string, values []string) int {
	if i, known := m.byName[cellName(m.releaseOf(release, values), population, values)]; known {
		return i
	}
	return None
}

func cellName(release, population string, values []string) string {
	return release + "\x00" + population + "\x00" + strings.Join(values, "\x00")
}

// Constant tells whether a cell is one in all releases.
func (m *Model) Constant(cell int) bool {
	c := m.Cells[cell]
	return c.Release == "" && m.releaseOf("a release", c.Values) == ""
}

// Above gives the values that a value of a dimension is a part of, Total left out.
func (m *Model) Above(d int, value string) []string {
	var above []string
	for _, h := range m.of(d) {
		for v := h.parent[value]; v != "" && v != Total; v = h.parent[v] {
			if !slices.Contains(above, v) {
				above = append(above, v)
			}
		}
	}
	return above
}

// of gives the hierarchies of a dimension.
func (m *Model) of(d int) []*Hierarchy {
	var found []*Hierarchy
	for _, h := range m.hierarchies {
		if m.Dimensions[d] == h.Dimension {
			found = append(found, h)
		}
	}
	return found
}
