package cells

import (
	"fmt"
	"slices"
	"strings"
)

// sums finds every sum that binds: its total has a row and so has at least one
// of its parts. Which values add up is a matter of the table that has the
// parts; the total may stand in another table of the same release and
// population, because whoever has both can add.
func (b *builder) sums() {
	seen := map[string]bool{}
	for _, t := range b.Tables {
		for _, d := range t.Dimensions {
			s := newScheme(b.of(d), b.holds(t, d))
			for _, values := range b.lines(t, d) {
				for _, sum := range s.sums {
					b.sum(t, d, values, sum, seen)
				}
			}
		}
	}
}

// lines gives the combinations of values in the other dimensions that the rows
// of a table have, each once.
func (b *builder) lines(t Table, d int) [][]string {
	seen := map[string]bool{}
	var lines [][]string
	for _, row := range t.Rows {
		values := slices.Clone(b.Cells[row.Cell].Values)
		values[d] = Total
		if name := strings.Join(values, "\x00"); !seen[name] {
			seen[name] = true
			lines = append(lines, values)
		}
	}
	return lines
}

// sum adds one sum of a line of cells, if it binds and is not there yet.
func (b *builder) sum(t Table, d int, values []string, s schemeSum, seen map[string]bool) {
	at := func(value string) int {
		values[d] = value
		return b.Find(t.Release, t.Population, values)
	}
	total := at(s.total)
	if total == None {
		return
	}
	var parts []int
	for _, value := range s.parts {
		if part := at(value); part != None {
			parts = append(parts, part)
		}
	}
	if len(parts) == 0 {
		return
	}
	slices.Sort(parts)
	if name := fmt.Sprint(total, parts); !seen[name] {
		seen[name] = true
		b.Sums = append(b.Sums, Sum{Total: total, Parts: parts})
	}
}

// holds gives the values of a dimension that a table has a row with.
func (b *builder) holds(t Table, d int) map[string]bool {
	values := map[string]bool{}
	for _, row := range t.Rows {
		values[b.Cells[row.Cell].Values[d]] = true
	}
	return values
}
