package cells

import (
	"cmp"
	"slices"
)

// differences pairs each cell with itself in every other release, and with the
// same cell of every population that its own lies within.
func (b *builder) differences() {
	releases := map[string][]int{}
	var names []string
	for i, c := range b.Cells {
		if b.Constant(i) {
			continue
		}
		name := cellName("", c.Population, c.Values)
		if releases[name] == nil {
			names = append(names, name)
		}
		releases[name] = append(releases[name], i)
	}
	for _, name := range names {
		b.pairs(releases[name])
	}
	for i, c := range b.Cells {
		for _, outer := range b.outers(c.Population) {
			if whole := b.Find(c.Release, outer, c.Values); whole != None {
				b.Differences = append(b.Differences, Difference{Name: outer + " - " + c.Population, New: whole, Old: i, Within: true})
			}
		}
	}
}

// pairs adds the differences of one cell between its releases.
func (b *builder) pairs(cells []int) {
	slices.SortFunc(cells, func(x, y int) int { return cmp.Compare(b.Cells[x].Release, b.Cells[y].Release) })
	for i, older := range cells {
		for _, newer := range cells[i+1:] {
			b.Differences = append(b.Differences, Difference{
				Name: b.Cells[newer].Release + " - " + b.Cells[older].Release, New: newer, Old: older,
			})
		}
	}
}
