// Package cells is the model that protecting and attacking have in common:
// tables of counts as views on one set of cells, the sums and differences that
// tie cells together, and what is published of them. It decides nothing about
// what may be published and computes nothing that an attacker would.
//
// A cell is named by its release, its population and a value in every
// dimension; in a dimension that a table lacks its cells have the value Total.
// So the same cell may stand in several tables, and has one count.
package cells

// Total is the value of a margin. It is never a real value of a dimension.
const Total = "total"

// Status tells what is decided about a cell.
type Status int8

// The statuses; the zero value is that of a row nobody decided about yet.
const (
	Undecided Status = iota
	Published
	Suppressed
)

// Rules are the settings of a SPEC that hold for all of its tables; 0 stands
// for one that is not given.
type Rules struct {
	Threshold   int64 // a count of 1 up to this less one is not published
	Base        int64 // published counts are multiples of it
	Range       int64 // how many whole numbers the high end of a range lies above the low end, at least
	PrimaryOnly bool  // the public knows that every suppressed count is below Threshold
}

// Model is a set of linked tables as one system of cells.
type Model struct {
	Rules
	Dimensions  []string // in order of their first appearance
	Cells       []Cell
	Tables      []Table
	Sums        []Sum
	Differences []Difference
	// Notes say which lines of the SPEC do nothing, because no table has what they name.
	Notes []string

	byName      map[string]int  // cells by their name
	constant    map[string]bool // patterns of dimensions
	hierarchies []*Hierarchy
}

// Cell is one count, whichever tables show it.
type Cell struct {
	Release    string // empty for a cell that is one in all releases
	Population string
	Values     []string // one for each dimension of the model

	// Before is what a table says in which every row is decided, Figure what it shows when that is Published.
	Before Status
	Figure int64
	// Counted is whether a table that is still to be decided has the cell. Count is the true count then, and
	// Order what that table wants done with it.
	Counted bool
	Count   int64
	Order   Status
	// Weight is that of the weightiest table that has the cell, at least 1.
	Weight int64
}

// Table is a view on cells, one for each row of its file.
type Table struct {
	Name, Release, Population string
	Dimensions                []int
	Decided                   bool // every row has a status: it was published before
	Rows                      []Row
}

// Row is a cell in a table, with the status that the file gives it.
type Row struct {
	Cell   int
	Status Status
}

// Sum says that one cell counts exactly the people of its parts. Parts without
// a row anywhere are known to be 0 and left out.
type Sum struct {
	Total int
	Parts []int
}

// Difference is what one cell counts more than another: a cell in two
// releases, or in a population and one within it.
type Difference struct {
	Name     string // "<new> - <old>", or "<outer> - <inner>"
	New, Old int
	Within   bool // New is never less than Old
}

// View is what the public sees of a model: for every cell whether its figure
// is published, and which one.
type View struct {
	*Model
	Shown  []bool
	Figure []int64
}

// Seen is the view of a model in which every table is decided.
func (m *Model) Seen() (*View, error) {
	v := &View{Model: m, Shown: make([]bool, len(m.Cells)), Figure: make([]int64, len(m.Cells))}
	for _, t := range m.Tables {
		for _, row := range t.Rows {
			if row.Status == Undecided {
				return nil, m.Refuse(t.Name, row.Cell, "has no status; an audit needs published or suppressed in every row, and protect decides it")
			}
		}
	}
	for i, c := range m.Cells {
		v.Shown[i], v.Figure[i] = c.Before == Published, c.Figure
	}
	return v, nil
}

// Question asks how far a cell, or the difference of two, can be narrowed down.
type Question struct {
	New, Old int   // Old is None unless it is a difference
	Enough   int64 // a range that is proven to be this wide need not be exact; 0 wants the exact one
	Glance   bool  // what a short look meets will do: the range is at least as wide as that
}

// None is no cell.
const None = -1

// Range holds what is known of the least and the greatest whole number that
// fits a cell or a difference.
type Range struct {
	Low, High           int64
	Bottomless, Endless bool // nothing limits Low, High
}

// Narrower tells whether the range is proven to be less than width wide.
func (r Range) Narrower(width int64) bool {
	return !r.Bottomless && !r.Endless && r.High-r.Low < width
}

// Telling reports whether a difference with this range tells about a group
// smaller than threshold: it lies within -(threshold-1)..threshold-1 and is
// not exactly 0.
func (r Range) Telling(threshold int64) bool {
	if r.Bottomless || r.Endless || r.Low == 0 && r.High == 0 {
		return false
	}
	return r.Low > -threshold && r.High < threshold
}

// Shape gives the dimensions of the first table that has a cell.
func (m *Model) Shape(cell int) []int { return m.tableOf("", cell).Dimensions }

// Counts gives the true count of every cell, and the published figure of one
// that no table to be decided has.
func (m *Model) Counts() []int64 {
	counts := make([]int64, len(m.Cells))
	for i, c := range m.Cells {
		counts[i] = c.Figure
		if c.Counted {
			counts[i] = c.Count
		}
	}
	return counts
}
