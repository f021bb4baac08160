package cells

import (
	"fmt"
	"slices"
	"strings"
)

// sums finds every sum that binds: its total has a row and so has at least one
// of its parts. Which values add up is a matter of the table that has the
// parts. The total may stand in another table of the same release and
// population, because whoever has both can add; then the table with the parts
// must have all values that there are, or the tree must say which they are.
func (b *builder) sums() {
	seen := map[string]bool{}
	for _, t := range b.Tables {
		own := map[int]bool{}
		for _, row := range t.Rows {
			own[row.Cell] = true
		}
		for _, d := range t.Dimensions {
			holds := b.holds(t, d)
			s := newScheme(b.of(d), holds)
			closed := b.closed(t, d, holds)
			for _, values := range b.lines(t, d) {
				for _, sum := range s.sums {
					b.sum(line{t, d, values}, sum, func(total int) bool { return closed || !sum.flat || own[total] }, seen)
				}
			}
		}
	}
}

// closed tells whether a table has every value of a dimension that any table of its population has, in any release.
func (b *builder) closed(t Table, d int, holds map[string]bool) bool {
	for _, other := range b.Tables {
		if other.Population != t.Population || !slices.Contains(other.Dimensions, d) {
			continue
		}
		for _, v := range others(b.holds(other, d)) {
			if !holds[v] {
				return false
			}
		}
	}
	return true
}

// line is the cells of a table that differ in one dimension only.
type line struct {
	Table
	dimension int
	values    []string
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

// sum adds one sum of a line, if it binds and is not there yet.
func (b *builder) sum(l line, s schemeSum, complete func(total int) bool, seen map[string]bool) {
	at := func(value string) int {
		l.values[l.dimension] = value
		return b.Find(l.Release, l.Population, l.values)
	}
	total := at(s.total)
	if total == None || !complete(total) {
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
