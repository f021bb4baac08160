package speccase

import (
	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// File is one rule: what it says, and the cases that prove it.
type File struct {
	Title string
	Prose []string // paragraphs
	Cases []Case
}

// Case is the records of one person in an edition and the facts they must give.
type Case struct {
	Name    string
	Prose   []string
	Edition Edition
	Input   []Table // as written
	Person  route.Person
	Expect  []Expectation
}

// Edition is that of a case, with the geography it needs.
type Edition struct {
	CutOff, Horizon schemas.Date
	Regions         map[string]string // by municipality; others have none
}

// Route gives the edition as route takes it.
func (e *Edition) Route() *route.Edition {
	return &route.Edition{
		CutOff:  e.CutOff,
		GridEnd: route.GridEnd(e.CutOff, e.Horizon),
		Region:  func(code string) string { return e.Regions[code] },
	}
}

// Expectation is a table of facts: of the rows that Where lets through (all
// without one), exactly these, with these values in these columns.
type Expectation struct {
	Table
	Where       string   // a column; empty for all rows
	WhereValues []string // the values that are let through
}
