package simplex

import "math"

// entry is a nonzero of a sparse column.
type entry struct {
	row   int32
	value float64
}

// eta is a column operation with its pivot.
type eta struct {
	row     int32
	pivot   float64
	entries []entry // without the pivot
}

// factors is a basis as L U and the updates since it was factored. Rows of the
// basis and columns of it share their numbers: a column has that of its pivot.
type factors struct {
	lower   []eta // columns of L below their pivot of 1
	upper   []eta // columns of U in the order of elimination
	updates []eta
}

// forward solves basis times v = v.
func (f *factors) forward(v []float64) {
	for i := range f.lower {
		e := &f.lower[i]
		if t := v[e.row]; t != 0 {
			for _, x := range e.entries {
				v[x.row] -= x.value * t
			}
		}
	}
	for k := len(f.upper) - 1; k >= 0; k-- {
		f.upper[k].apply(v)
	}
	for k := range f.updates {
		f.updates[k].apply(v)
	}
	for i, x := range v {
		if math.Abs(x) < 1e-12 {
			v[i] = 0
		}
	}
}

// apply divides by the pivot and takes the column off the other rows.
func (e *eta) apply(v []float64) {
	t := v[e.row]
	if t == 0 {
		return
	}
	t /= e.pivot
	v[e.row] = t
	for _, x := range e.entries {
		v[x.row] -= x.value * t
	}
}

// backward solves v times basis = v.
func (f *factors) backward(v []float64) {
	for k := len(f.updates) - 1; k >= 0; k-- {
		f.updates[k].applyTransposed(v)
	}
	for k := range f.upper {
		f.upper[k].applyTransposed(v)
	}
	for k := len(f.lower) - 1; k >= 0; k-- {
		e := &f.lower[k]
		for _, x := range e.entries {
			v[e.row] -= x.value * v[x.row]
		}
	}
	for i, x := range v {
		if math.Abs(x) < 1e-12 {
			v[i] = 0
		}
	}
}

func (e *eta) applyTransposed(v []float64) {
	t := v[e.row]
	for _, x := range e.entries {
		t -= x.value * v[x.row]
	}
	v[e.row] = t / e.pivot
}

// update puts a column, given in terms of the basis, in the place of that of a row.
func (f *factors) update(row int, column []float64) {
	f.updates = append(f.updates, newEta(row, column))
}

func newEta(row int, column []float64) eta {
	e := eta{row: int32(row), pivot: column[row]}
	for i, x := range column {
		if i != row && x != 0 {
			e.entries = append(e.entries, entry{int32(i), x})
		}
	}
	return e
}
