package speccase

import (
	"slices"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
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
	// Versions are the definitions that the case holds for; none are all that are published.
	Versions []string
	Input    []Table // as written
	Person   route.Person
	Expect   []Expectation
}

// Under gives the edition of the case under definitions; false when the case does not hold for them.
func (c *Case) Under(d definition.Set) (Edition, bool) {
	e := c.Edition
	e.Definitions = d
	return e, len(c.Versions) == 0 || slices.Contains(c.Versions, d.Version)
}

// Edition is that of a case, with the geography it needs. A case that was read
// has no definitions of its own, see Under.
type Edition struct {
	Definitions     definition.Set
	CutOff, Horizon schemas.Date
	Regions         map[string]string // by municipality; others have none
}

// Route gives the edition as route takes it.
func (e *Edition) Route() *route.Edition {
	return &route.Edition{
		Definitions: e.Definitions,
		CutOff:      e.CutOff,
		GridEnd:     route.GridEnd(e.CutOff, e.Horizon),
		Region:      func(code string) string { return e.Regions[code] },
	}
}

// Expectation is a table of facts: of the rows that Where lets through (all
// without one), exactly these, with these values in these columns.
type Expectation struct {
	Table
	Where       string   // a column; empty for all rows
	WhereValues []string // the values that are let through
}
