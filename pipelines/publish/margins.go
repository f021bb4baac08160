package publish

import (
	"maps"
	"slices"
	"strings"

	"doorstroom/pipelines/disclosure/cells"
	"doorstroom/pipelines/publish/catalogue"
)

// table is all cells of an entry that need protecting, with zeros and margins.
type table struct {
	entry  *catalogue.Entry
	rows   []countedRow
	counts map[string]int64 // by values
}

// complete gives every combination of values a cell: dimensions with a margin
// are crossed with one another, under each combination of the others that the
// mart has, so that a row that is missing tells nothing. Then come the margins.
func (c *counted) complete() *table {
	t := &table{entry: c.entry, counts: map[string]int64{}}
	adds := additive(c.entry)
	leaves := map[string]int64{}
	held := make([]map[string]bool, len(adds))
	for i := range held {
		held[i] = map[string]bool{}
	}
	frames := map[string][]string{}
	for _, row := range c.rows {
		leaves[key(row.values)] += row.count
		frame := slices.Clone(row.values)
		for i, v := range row.values {
			held[i][v] = true
			if adds[i] {
				frame[i] = ""
			}
		}
		frames[key(frame)] = frame
	}
	for _, name := range slices.Sorted(maps.Keys(frames)) {
		t.cross(frames[name], 0, adds, held, leaves)
	}
	for _, name := range slices.Sorted(maps.Keys(t.counts)) {
		t.rows = append(t.rows, countedRow{values(name), t.counts[name]})
	}
	return t
}

// additive tells of each column whether its values add up to its margin.
func additive(e *catalogue.Entry) []bool {
	var adds []bool
	for _, d := range e.Dimensions {
		adds = append(adds, d.Margin)
	}
	if e.Outcome != nil {
		adds = append(adds, true)
	}
	return adds
}

// cross fills the open places of a frame with every value that occurs, and adds each cell to its margins.
func (t *table) cross(frame []string, from int, adds []bool, held []map[string]bool, leaves map[string]int64) {
	for i := from; i < len(frame); i++ {
		if !adds[i] {
			continue
		}
		for v := range held[i] {
			filled := slices.Clone(frame)
			filled[i] = v
			t.cross(filled, i+1, adds, held, leaves)
		}
		return
	}
	t.addUp(frame, 0, adds, leaves[key(frame)])
}

// addUp counts a cell in itself and in every margin above it.
func (t *table) addUp(cell []string, from int, adds []bool, count int64) {
	for i := from; i < len(cell); i++ {
		if !adds[i] {
			continue
		}
		for _, above := range t.above(i, cell[i]) {
			sum := slices.Clone(cell)
			sum[i] = above
			t.addUp(sum, i+1, adds, count)
		}
		return
	}
	t.counts[key(cell)] += count
}

// above gives a value, the groups that it is in, and the margin.
func (t *table) above(column int, value string) []string {
	all := []string{value, cells.Total}
	if o := t.entry.Outcome; o != nil && column == len(t.entry.Dimensions) {
		for _, group := range slices.Sorted(maps.Keys(o.Groups)) {
			if slices.Contains(o.Groups[group], value) {
				all = append(all, group)
			}
		}
	}
	return all
}

const between = "\x00"

func key(values []string) string { return strings.Join(values, between) }

func values(key string) []string { return strings.Split(key, between) }
