package simplex

import (
	"cmp"
	"slices"
)

// pivotStep is a column of the basis and the row of its pivot, -1 when that is to be found.
type pivotStep struct{ column, row int32 }

// ordering peels the columns of a basis.
type ordering struct {
	s                *Solver
	columns          []int32
	inRow            [][]int32 // the columns of a row, by their place in columns
	rowLeft, colLeft []int     // how many columns of a row, rows of a column are left
	rowDone, colDone []bool
	steps            []pivotStep
}

// order decides in which order the columns of a basis are eliminated.
func order(s *Solver, columns []int32) []pivotStep {
	o := &ordering{
		s: s, columns: columns, inRow: make([][]int32, s.m),
		rowLeft: make([]int, s.m), colLeft: make([]int, len(columns)),
		rowDone: make([]bool, s.m), colDone: make([]bool, len(columns)),
	}
	for k, j := range columns {
		for _, t := range s.terms(j) {
			o.inRow[t.Index] = append(o.inRow[t.Index], int32(k))
			o.rowLeft[t.Index]++
			o.colLeft[k]++
		}
	}
	o.peelColumns()
	o.peelRows()
	o.rest()
	return o.steps
}

// peelColumns takes columns with one row left.
func (o *ordering) peelColumns() {
	var queue []int32
	for k := range o.columns {
		if o.colLeft[k] == 1 {
			queue = append(queue, int32(k))
		}
	}
	for len(queue) > 0 {
		k := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		row := o.rowOf(k)
		if row < 0 {
			continue
		}
		o.take(k, row)
		for _, other := range o.inRow[row] {
			if !o.colDone[other] && o.colLeft[other] == 1 {
				queue = append(queue, other)
			}
		}
	}
}

// peelRows takes rows with one column left.
func (o *ordering) peelRows() {
	var queue []int32
	for i := range o.rowLeft {
		if !o.rowDone[i] && o.rowLeft[i] == 1 {
			queue = append(queue, int32(i))
		}
	}
	for len(queue) > 0 {
		row := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		if o.rowDone[row] || o.rowLeft[row] != 1 {
			continue
		}
		k := slices.IndexFunc(o.inRow[row], func(k int32) bool { return !o.colDone[k] })
		column := o.inRow[row][k]
		o.take(column, row)
		for _, t := range o.s.terms(o.columns[column]) {
			if !o.rowDone[t.Index] && o.rowLeft[t.Index] == 1 {
				queue = append(queue, t.Index)
			}
		}
	}
}

// rest takes what is left, short columns first.
func (o *ordering) rest() {
	var left []int32
	for k := range o.columns {
		if !o.colDone[k] {
			left = append(left, int32(k))
		}
	}
	slices.SortStableFunc(left, func(a, b int32) int { return cmp.Compare(o.colLeft[a], o.colLeft[b]) })
	for _, k := range left {
		o.steps = append(o.steps, pivotStep{o.columns[k], -1})
	}
}

// rowOf gives the row that is left of a column.
func (o *ordering) rowOf(k int32) int32 {
	if o.colDone[k] {
		return -1
	}
	for _, t := range o.s.terms(o.columns[k]) {
		if !o.rowDone[t.Index] {
			return t.Index
		}
	}
	return -1
}

func (o *ordering) take(k, row int32) {
	o.steps = append(o.steps, pivotStep{o.columns[k], row})
	o.colDone[k], o.rowDone[row] = true, true
	for _, t := range o.s.terms(o.columns[k]) {
		o.rowLeft[t.Index]--
	}
	for _, other := range o.inRow[row] {
		o.colLeft[other]--
	}
}
