package audit

import (
	"doorstroom/pipelines/disclosure/cells"
)

// term is a variable in a row, or a row of a variable, with its coefficient of 1 or -1.
type term struct {
	index int32
	sign  int8
}

// row says that its terms add up to right. Cell is the one to name when they cannot.
type row struct {
	terms []term
	right int64
	cell  int
}

// system is everything that is known, as rows over whole numbers in spans. The
// first variables are the cells; one more for each pair of populations says
// how much more the outer one counts.
type system struct {
	spans []span
	rows  []row
	in    [][]int32 // for each variable its rows
}

func newSystem(v *cells.View) *system {
	s := &system{spans: knowledge(v)}
	for _, sum := range v.Sums {
		terms := []term{{int32(sum.Total), -1}}
		for _, part := range sum.Parts {
			terms = append(terms, term{int32(part), 1})
		}
		s.rows = append(s.rows, row{terms: terms, cell: sum.Total})
	}
	for _, d := range v.Differences {
		if d.Within {
			more := int32(len(s.spans))
			s.spans = append(s.spans, span{0, endless})
			s.rows = append(s.rows, row{terms: []term{{int32(d.New), -1}, {int32(d.Old), 1}, {more, 1}}, cell: d.Old})
		}
	}
	s.in = make([][]int32, len(s.spans))
	for i, r := range s.rows {
		for _, t := range r.terms {
			s.in[t.index] = append(s.in[t.index], int32(i))
		}
	}
	return s
}
