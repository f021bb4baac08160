package catalogue

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"doorstroom/pipelines/disclosure/cells"
)

// name is what entries, dimensions, populations, marts and columns are called: they become names in SQL and of files.
var name = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)

// reserved are columns that every published table has.
var reserved = []string{"release", "value", "status", "denominator", "share", "unit"}

// The rules of the contract, than which a catalogue may only be stricter.
const (
	leastThreshold = 10
	leastBase      = 5
)

func (r *reader) check() error {
	c := r.all
	problem := ""
	switch {
	case c.Version == "":
		problem = "gives no version; every change of the catalogue needs another"
	case c.Threshold < leastThreshold:
		problem = fmt.Sprintf("threshold %d: the contract asks for %d persons or more", c.Threshold, leastThreshold)
	case c.Base < leastBase || c.Base%leastBase != 0 || c.Base >= 2*c.Threshold:
		problem = fmt.Sprintf("base %d: it must be a multiple of %d and less than twice the threshold", c.Base, leastBase)
	case !c.Publisher.whole():
		problem = "needs a publisher with name, uri, email (mailto:...) and licence"
	}
	if problem != "" {
		return &Error{File: rulesFile, Problem: problem}
	}
	for d, t := range c.Dimensions {
		if !t.whole() {
			return &Error{File: rulesFile, Problem: fmt.Sprintf("dimension %s needs a title in nl and in en", d)}
		}
	}
	if len(c.Entries) == 0 {
		return &Error{File: rulesFile, Problem: "no file beside it has an entry; there is nothing to publish"}
	}
	seen := map[string]bool{}
	for _, e := range c.Entries {
		p := e.problem(c)
		if p == "" && seen[e.Name] {
			p = "stands in the catalogue twice; entries have names of their own"
		}
		if p != "" {
			return &Error{r.at[e].file, r.at[e].line, fmt.Sprintf("entry %s %s", e.Name, p)}
		}
		seen[e.Name] = true
	}
	return nil
}

func (t Text) whole() bool { return strings.TrimSpace(t.NL) != "" && strings.TrimSpace(t.EN) != "" }

func (p Publisher) whole() bool {
	return p.Name.whole() && p.URI != "" && strings.HasPrefix(p.Email, "mailto:") && p.Licence != ""
}

// problem says what is wrong with an entry by itself.
func (e *Entry) problem(c *Catalogue) string {
	for what, n := range map[string]string{"name": e.Name, "population": e.Population, "mart": e.Mart, "count": e.Count} {
		if !name.MatchString(n) {
			return fmt.Sprintf("has the %s %q; it must be small letters, digits and _", what, n)
		}
	}
	for what, t := range map[string]Text{"title": e.Title, "unit": e.Unit, "definition": e.Definition} {
		if !t.whole() {
			return "needs its " + what + " in nl and in en"
		}
	}
	switch {
	case e.Name == "release" || e.Name == "indicator" || strings.HasPrefix(e.Name, "latest_"):
		return "has a name that database publication needs for itself; call it otherwise"
	case e.Importance < 1:
		return "has no importance; 1 is that of the most important table"
	case e.Profile != Suppress:
		return fmt.Sprintf("has the profile %q; the program can protect by %s only, and nothing leaves without its rules", e.Profile, Suppress)
	case e.Known != "" && e.Status != "":
		return "has both known and status; the mart tells in one column what is too early"
	}
	if p := e.columnProblem(); p != "" {
		return p
	}
	if p := e.Outcome.problem(); p != "" {
		return p
	}
	return e.dimensionProblem(c)
}

// columnProblem looks at everything that becomes a name in SQL.
func (e *Entry) columnProblem() string {
	var used []string
	for _, w := range e.Where {
		used = append(used, w.Column)
		switch {
		case len(w.In) == 0:
			return fmt.Sprintf("chooses no value of column %s; give values, or leave the condition out", w.Column)
		case w.Part != "" && w.Part != "month":
			return fmt.Sprintf("chooses by the part %q of column %s; it can only be month", w.Part, w.Column)
		}
	}
	for _, d := range e.Dimensions {
		used = append(used, d.Name, d.From())
	}
	for _, n := range []string{e.Known, e.Status} {
		if n != "" {
			used = append(used, n)
		}
	}
	if e.Outcome != nil {
		used = append(used, e.Outcome.columns()...)
	}
	for _, n := range used {
		if !name.MatchString(n) {
			return fmt.Sprintf("names the column %q; names are small letters, digits and _", n)
		}
	}
	return ""
}

func (e *Entry) dimensionProblem(c *Catalogue) string {
	seen := map[string]bool{}
	for _, d := range e.Columns() {
		switch {
		case slices.Contains(reserved, d):
			return fmt.Sprintf("has a dimension %s, which is a column of every published table; call it otherwise", d)
		case seen[d]:
			return fmt.Sprintf("has the dimension %s twice", d)
		case !c.Dimensions[d].whole():
			return fmt.Sprintf("has the dimension %s, for which %s has no title", d, rulesFile)
		}
		seen[d] = true
	}
	if len(seen) == 0 {
		return "has no dimension; give at least one"
	}
	return ""
}

// columns gives the names that an outcome brings into SQL.
func (o *Outcome) columns() []string {
	used := []string{o.Name}
	if o.Column != "" {
		used = append(used, o.Column)
	}
	for _, p := range o.Parts {
		used = append(used, p.Count)
		if p.Less != "" {
			used = append(used, p.Less)
		}
	}
	return used
}

func (o *Outcome) problem() string {
	if o == nil {
		return ""
	}
	switch {
	case (o.Column == "") == (len(o.Parts) == 0):
		return "has an outcome that needs either a column with its values, or parts"
	case len(o.Parts) > 0 && o.Rest == "":
		return "has an outcome without rest; numerators are published with their complement"
	case o.Column != "" && o.Rest != "":
		return "has an outcome with both a column and rest; what stands in a column is complete"
	}
	known := map[string]bool{}
	for _, v := range o.Values() {
		if v == "" || v == cells.Total || known[v] {
			return fmt.Sprintf("has an outcome with the value %q; values differ from one another and from %s", v, cells.Total)
		}
		known[v] = true
	}
	for _, v := range o.Structural {
		if len(o.Parts) > 0 && !known[v] {
			return fmt.Sprintf("calls the outcome %q structural, which it does not have", v)
		}
	}
	return ""
}

// Values gives the values that an outcome has by its parts; none when they stand in a column.
func (o *Outcome) Values() []string {
	var values []string
	for _, p := range o.Parts {
		values = append(values, p.Value)
	}
	if o.Rest != "" {
		values = append(values, o.Rest)
	}
	return values
}
