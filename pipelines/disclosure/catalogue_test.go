package disclosure_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
)

// catalogue is a random set of linked tables over people who change from one release to the next.
type catalogue struct {
	r          *rand.Rand
	in         cells.Input
	dimensions []string
	sizes      []int
	people     [][]int // for each the values; the first dimension is the cohort, which nobody changes
	releases   int
	shapes     [][]int // for each table its dimensions
}

// regions is the tree of the second dimension: four places in two regions.
var regions = []cells.Parent{
	{Value: "R0", Parent: cells.Total}, {Value: "R1", Parent: cells.Total},
	{Value: "v0", Parent: "R0"}, {Value: "v1", Parent: "R0"}, {Value: "v2", Parent: "R1"}, {Value: "v3", Parent: "R1"},
}

func newCatalogue(t *testing.T, seed uint64) *catalogue {
	r := rand.New(rand.NewPCG(seed, 11))
	c := &catalogue{r: r, dimensions: []string{"cohort", "region", "sex"}, sizes: []int{2 + r.IntN(2), 4, 2}, releases: 1 + r.IntN(4)}
	c.in.Rules = cells.Rules{Threshold: 10, Base: []int64{0, 5, 5, 10}[r.IntN(4)], Range: 10}
	if r.IntN(4) == 0 {
		c.in.Rules = cells.Rules{Threshold: 5, Base: 3, Range: 4}
	}
	for range 30 + r.IntN(400) {
		c.people = append(c.people, c.person())
	}
	for range 1 + r.IntN(5) {
		var shape []int
		for d := range c.dimensions {
			if r.IntN(3) > 0 {
				shape = append(shape, d)
			}
		}
		c.shapes = append(c.shapes, shape)
	}
	uses := func(d int) bool {
		return slices.ContainsFunc(c.shapes, func(shape []int) bool { return slices.Contains(shape, d) })
	}
	if uses(1) {
		h, err := cells.NewHierarchy("region", regions)
		if err != nil {
			t.Fatal(err)
		}
		c.in.Hierarchies = []*cells.Hierarchy{h}
	}
	if uses(0) && r.IntN(2) == 0 {
		c.in.Constant = [][]string{{"cohort"}, {}}
	}
	if r.IntN(3) == 0 {
		c.in.Within = map[string]string{"some": "all"}
	}
	return c
}

func (c *catalogue) person() []int {
	p := make([]int, len(c.sizes))
	for d, size := range c.sizes {
		p[d] = min(c.r.IntN(size), c.r.IntN(size)) // some values are rare
	}
	return p
}

// change lets some people move between regions.
func (c *catalogue) change() {
	for i := range c.people {
		if c.r.IntN(8) == 0 {
			c.people[i] = slices.Clone(c.people[i])
			c.people[i][1] = c.r.IntN(c.sizes[1])
		}
	}
}

// add adds the tables of a release. Half of the people are in the population within.
func (c *catalogue) add(release string) {
	for i, shape := range c.shapes {
		c.in.Tables = append(c.in.Tables, c.count(fmt.Sprint("t", i), release, "all", shape, c.people))
		if c.in.Within != nil && i == 0 {
			c.in.Tables = append(c.in.Tables, c.count(fmt.Sprint("t", i), release, "some", shape, c.people[:len(c.people)/2]))
		}
	}
}

func (c *catalogue) count(name, release, population string, shape []int, people [][]int) cells.InputTable {
	table := cells.InputTable{Name: name, Release: release, Population: population}
	for _, d := range shape {
		table.Dimensions = append(table.Dimensions, c.dimensions[d])
	}
	counts := map[string]int64{}
	var keys [][]string
	for _, p := range people {
		for _, key := range c.keys(shape, p) {
			name := fmt.Sprint(key)
			if _, known := counts[name]; !known {
				keys = append(keys, key)
			}
			counts[name]++
		}
	}
	for _, key := range keys {
		table.Rows = append(table.Rows, cells.InputRow{Values: key, Count: counts[fmt.Sprint(key)]})
	}
	c.r.Shuffle(len(table.Rows), func(i, j int) { table.Rows[i], table.Rows[j] = table.Rows[j], table.Rows[i] })
	return table
}

// keys gives the cells of a table that a person is in.
func (c *catalogue) keys(shape []int, person []int) [][]string {
	keys := [][]string{{}}
	for _, d := range shape {
		values := []string{cells.Total, fmt.Sprint("v", person[d])}
		if d == 1 {
			values = append(values, fmt.Sprint("R", person[d]/2))
		}
		var longer [][]string
		for _, key := range keys {
			for _, v := range values {
				longer = append(longer, append(slices.Clone(key), v))
			}
		}
		keys = longer
	}
	return keys
}

// TestRandomCatalogues protects releases at once and one after the other, and
// holds what comes out against the audit and against what only the true counts tell.
func TestRandomCatalogues(t *testing.T) {
	for seed := range uint64(catalogues) {
		for _, atOnce := range []bool{true, false} {
			t.Run(fmt.Sprint(seed, atOnce), func(t *testing.T) {
				t.Parallel()
				protectCatalogue(t, seed, atOnce)
			})
		}
	}
}

func protectCatalogue(t *testing.T, seed uint64, atOnce bool) {
	c := newCatalogue(t, seed)
	truth := map[string]int64{}
	for release := range c.releases {
		c.add(fmt.Sprint(2020 + release))
		c.change()
		if !atOnce || release == c.releases-1 {
			c.protect(t, truth)
		}
	}
}

// protect decides about the tables that are not decided, and looks at all.
func (c *catalogue) protect(t *testing.T, truth map[string]int64) {
	m, err := cells.Build(c.in)
	if err != nil {
		t.Fatal(err)
	}
	for i, cell := range m.Cells {
		if cell.Counted {
			truth[name(m, i)] = cell.Count
		}
	}
	v, err := disclosure.Protect(context.Background(), m, audit.Ranges)
	if err != nil {
		t.Fatal(err)
	}
	for i, table := range m.Tables {
		for j, row := range table.Rows {
			in := &c.in.Tables[i].Rows[j]
			in.Count, in.Status = 0, cells.Suppressed
			if v.Shown[row.Cell] {
				in.Count, in.Status = v.Figure[row.Cell], cells.Published
			}
		}
	}
	c.check(t, truth)
	t.Log(c.share())
}

func name(m *cells.Model, i int) string {
	return fmt.Sprint(m.Cells[i].Release, m.Cells[i].Population, m.Cells[i].Values)
}

// check looks at decided tables as the public does, and then with the truth.
func (c *catalogue) check(t *testing.T, truth map[string]int64) {
	m, err := cells.Build(c.in)
	if err != nil {
		t.Fatal(err)
	}
	v, err := m.Seen()
	if err != nil {
		t.Fatal(err)
	}
	report, err := audit.Audit(context.Background(), v, audit.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Narrow() {
		t.Errorf("%s %v: %d..%d is too narrow", f.Table, m.Cells[f.Cell], f.Range.Low, f.Range.High)
	}
	var questions []cells.Question
	for i := range m.Cells {
		n := truth[name(m, i)]
		if v.Shown[i] && (n > 0 && n < m.Threshold || v.Figure[i] != m.Round(n)) {
			t.Errorf("%v: published %d", m.Cells[i], v.Figure[i])
		}
	}
	for _, d := range m.Differences {
		size := max(truth[name(m, d.New)]-truth[name(m, d.Old)], truth[name(m, d.Old)]-truth[name(m, d.New)])
		if size > 0 && size < m.Threshold {
			questions = append(questions, cells.Question{New: d.New, Old: d.Old, Enough: m.Range})
		}
	}
	ranges, err := audit.Ranges(context.Background(), v, questions, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, q := range questions {
		if ranges[i].Narrower(m.Range) {
			t.Errorf("%v less %v: %d..%d is too narrow", m.Cells[q.New], m.Cells[q.Old], ranges[i].Low, ranges[i].High)
		}
	}
}

func (c *catalogue) share() string {
	shown, all := 0, 0
	for _, t := range c.in.Tables {
		for _, r := range t.Rows {
			all++
			if r.Status == cells.Published {
				shown++
			}
		}
	}
	return fmt.Sprintf("%d of %d %v", shown, all, c.in.Rules)
}

// TestProtectIsDeterministic protects the same tables several times.
func TestProtectIsDeterministic(t *testing.T) {
	for seed := range uint64(10) {
		c := newCatalogue(t, seed)
		c.add("2020")
		var first []bool
		for range 3 {
			m, err := cells.Build(c.in)
			if err != nil {
				t.Fatal(err)
			}
			v, err := disclosure.Protect(context.Background(), m, audit.Ranges)
			if err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = v.Shown
			}
			if !slices.Equal(first, v.Shown) {
				t.Errorf("seed %d: another time something else is suppressed", seed)
			}
		}
	}
}
