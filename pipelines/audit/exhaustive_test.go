package audit

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"doorstroom/pipelines/disclosure/cells"
)

// greatestTried is how far the exhaustive search looks: the totals of its tables are smaller.
const greatestTried = 20

// exhaustive finds ranges by trying every assignment of whole numbers up to
// greatestTried to the cells. It returns nil when nothing fits.
type exhaustive struct {
	v      *cells.View
	allow  [][]int64 // for each cell the counts that it may have by itself
	x      []int64
	ranges []cells.Range
	diffs  []cells.Range
	found  bool
}

// tryAll follows the text of the contract cell by cell; it shares nothing with the attack.
func tryAll(v *cells.View) *exhaustive {
	e := &exhaustive{v: v, x: make([]int64, len(v.Cells)), ranges: make([]cells.Range, len(v.Cells)), diffs: make([]cells.Range, len(v.Differences))}
	for i := range v.Cells {
		var rounds, allowed []int64
		for c := int64(0); c <= greatestTried; c++ {
			switch {
			case !v.Shown[i] && (!v.PrimaryOnly || c < v.Threshold):
				allowed = append(allowed, c)
			case v.Shown[i] && roundsTo(c, v.Base, v.Figure[i]):
				rounds = append(rounds, c)
				if c == 0 || c >= v.Threshold {
					allowed = append(allowed, c)
				}
			}
		}
		if v.Shown[i] && len(allowed) == 0 {
			allowed = rounds
		}
		e.allow = append(e.allow, allowed)
	}
	e.assign(0)
	return e
}

// roundsTo rounds by distance, a half upwards.
func roundsTo(count, base, figure int64) bool {
	if base == 0 {
		return count == figure
	}
	if figure%base != 0 {
		return false
	}
	distance := 2 * (count - figure)
	return -base <= distance && distance < base
}

func (e *exhaustive) assign(i int) {
	if i == len(e.x) {
		e.take()
		return
	}
	for _, c := range e.allow[i] {
		e.x[i] = c
		if e.possible(i) {
			e.assign(i + 1)
		}
	}
}

// possible looks at the sums and pairs whose cells all have a number by now.
func (e *exhaustive) possible(last int) bool {
	for _, s := range e.v.Sums {
		if !slices.Contains(s.Parts, last) && s.Total != last {
			continue
		}
		sum, whole := int64(0), s.Total <= last
		for _, p := range s.Parts {
			if p > last {
				whole = false
				continue
			}
			sum += e.x[p]
		}
		if s.Total <= last && sum > e.x[s.Total] || whole && sum != e.x[s.Total] {
			return false
		}
	}
	for _, d := range e.v.Differences {
		if d.Within && d.New <= last && d.Old <= last && e.x[d.Old] > e.x[d.New] {
			return false
		}
	}
	return true
}

func (e *exhaustive) take() {
	widen := func(r *cells.Range, x int64) {
		if !e.found {
			*r = cells.Range{Low: x, High: x}
		}
		r.Low, r.High = min(r.Low, x), max(r.High, x)
	}
	for i, x := range e.x {
		widen(&e.ranges[i], x)
	}
	for i, d := range e.v.Differences {
		widen(&e.diffs[i], e.x[d.New]-e.x[d.Old])
	}
	e.found = true
}

// TestExhaustive holds every range of small random tables against trying everything.
func TestExhaustive(t *testing.T) {
	refused, tried := 0, 0
	for seed := range uint64(2500) {
		v := smallView(t, seed)
		if v == nil || !limited(v) {
			continue
		}
		tried++
		want := tryAll(v)
		var questions []cells.Question
		for i := range v.Cells {
			questions = append(questions, cells.Question{New: i, Old: cells.None})
		}
		for _, d := range v.Differences {
			questions = append(questions, cells.Question{New: d.New, Old: d.Old})
		}
		got, err := Ranges(context.Background(), v, questions, nil)
		if !want.found {
			var refusal *cells.Refusal
			if !errors.As(err, &refusal) {
				t.Errorf("seed %d: nothing fits, but the attack says %v", seed, err)
			}
			refused++
			continue
		}
		if err != nil {
			t.Errorf("seed %d: %v", seed, err)
			continue
		}
		for i, r := range slices.Concat(want.ranges, want.diffs) {
			if got[i] != r {
				t.Errorf("seed %d: question %d: %+v, want %+v\n%s", seed, i, got[i], r, describe(v))
			}
		}
	}
	if tried < 1000 || refused < 10 || refused > tried/2 {
		t.Errorf("%d tables, of which %d were refused: the test tries too little", tried, refused)
	}
}

// limited tells whether sums keep every cell below what exhaustive tries.
func limited(v *cells.View) bool {
	is := slices.Clone(v.Shown)
	for range v.Cells {
		for _, s := range v.Sums {
			for _, p := range s.Parts {
				is[p] = is[p] || is[s.Total]
			}
		}
	}
	return !slices.Contains(is, false)
}

func describe(v *cells.View) string {
	text := fmt.Sprintf("%+v\n", v.Rules)
	for i, c := range v.Cells {
		text += fmt.Sprintln(i, c.Release, c.Population, c.Values, v.Shown[i], v.Figure[i])
	}
	return text + fmt.Sprintln(v.Sums)
}

// smallView draws a few people, counts them in tables and withholds some cells.
func smallView(t *testing.T, seed uint64) *cells.View {
	r := rand.New(rand.NewPCG(seed, 7))
	in := cells.Input{Rules: cells.Rules{
		Base: []int64{0, 0, 2, 3, 4, 5}[r.IntN(6)], Threshold: []int64{0, 3, 4, 5}[r.IntN(4)],
	}}
	in.Range = in.Threshold
	in.PrimaryOnly = in.Threshold > 0 && r.IntN(5) == 0
	sizes := [][]int{{2}, {4}, {2, 2}, {2, 3}, {2, 2}, {2, 2, 2}}[r.IntN(6)]
	people := make([][]int, 3+r.IntN(8))
	for i := range people {
		for _, size := range sizes {
			people[i] = append(people[i], r.IntN(size))
		}
	}
	kinds := r.IntN(3)
	switch {
	case kinds == 1 && len(sizes) == 1:
		in.Within = map[string]string{"some": "all"}
		in.Tables = append(in.Tables, count("t", "", "all", sizes, people), count("t", "", "some", sizes, people[:len(people)/2]))
	case kinds == 2 && len(sizes) == 1:
		in.Constant = [][]string{{}}
		in.Tables = append(in.Tables, count("t", "1", "", sizes, people), count("t", "2", "", sizes, people))
	default:
		in.Tables = append(in.Tables, count("t", "", "", sizes, people))
	}
	for i := range in.Tables {
		for j := range in.Tables[i].Rows {
			row := &in.Tables[i].Rows[j]
			row.Status, row.Count = cells.Published, in.Round(row.Count)
			if r.IntN(3) == 0 && slices.ContainsFunc(row.Values, func(v string) bool { return v != cells.Total }) {
				row.Status, row.Count = cells.Suppressed, 0
			}
			if r.IntN(60) == 0 && row.Status == cells.Published {
				row.Count += max(1, in.Base) // an error in the figures
			}
		}
		in.Tables[i].Rows = slices.DeleteFunc(in.Tables[i].Rows, func(cells.InputRow) bool { return r.IntN(25) == 0 })
	}
	m, err := cells.Build(in)
	if err != nil {
		return nil // two figures for a cell that is one in both releases
	}
	v, err := m.Seen()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// count counts people in the cube of all values and margins.
func count(name, release, population string, sizes []int, people [][]int) cells.InputTable {
	table := cells.InputTable{Name: name, Release: release, Population: population}
	for d := range sizes {
		table.Dimensions = append(table.Dimensions, fmt.Sprint("d", d))
	}
	var values func(at int, key []int)
	values = func(at int, key []int) {
		if at == len(sizes) {
			row := cells.InputRow{}
			for _, k := range key {
				if k < 0 {
					row.Values = append(row.Values, cells.Total)
					continue
				}
				row.Values = append(row.Values, fmt.Sprint("v", k))
			}
			for _, p := range people {
				if matches(p, key) {
					row.Count++
				}
			}
			table.Rows = append(table.Rows, row)
			return
		}
		for k := -1; k < sizes[at]; k++ {
			values(at+1, append(slices.Clone(key), k))
		}
	}
	values(0, nil)
	return table
}

func matches(person, key []int) bool {
	for d, k := range key {
		if k >= 0 && person[d] != k {
			return false
		}
	}
	return true
}
