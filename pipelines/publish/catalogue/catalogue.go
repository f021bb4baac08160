// Package catalogue is the fixed list of tables that may leave the house: what
// each counts, of whom, from which mart, by which rules, and what it is called.
// It knows nothing of counts and protects nothing; whatever is not in it cannot
// be published.
package catalogue

// Catalogue is a version of the list with the rules that hold for all of it.
type Catalogue struct {
	Version string `yaml:"version"`
	// Threshold is the least count that may be published, in persons; 10 or more.
	Threshold int64 `yaml:"threshold"`
	// Base is what published counts are multiples of; a multiple of 5.
	Base int64 `yaml:"base"`
	// Within says which population lies within which, the inner one first.
	Within map[string]string `yaml:"within"`
	// Dimensions are the titles of the dimensions of all entries, outcomes included.
	Dimensions map[string]Text `yaml:"dimensions"`

	// Publisher is who releases the tables, for their description.
	Publisher Publisher `yaml:"publisher"`

	Entries []*Entry `yaml:"-"` // the most important first
	// Hash is the SHA-256 of the files that the catalogue was read from, in hex.
	Hash string `yaml:"-"`
}

// Text is words for people, in Dutch at level B1 and in English.
type Text struct {
	NL string `yaml:"nl"`
	EN string `yaml:"en"`
}

// Publisher is who answers for what is released.
type Publisher struct {
	Name    Text   `yaml:"name"`
	URI     string `yaml:"uri"`     // that names the organisation
	Email   string `yaml:"email"`   // as mailto:
	Licence string `yaml:"licence"` // URI of the licence of the open data
}

// Profile is the way in which a table is protected.
type Profile string

// Suppress hides small counts, then others until the small ones cannot be computed, and rounds the rest.
const Suppress Profile = "suppress"

// Entry is one table that may be published.
type Entry struct {
	Name string `yaml:"name"`
	// Importance decides the order of entries: 1 is that of the most important.
	Importance int  `yaml:"importance"`
	Title      Text `yaml:"title"`
	Unit       Text `yaml:"unit"`
	Definition Text `yaml:"definition"`
	// Comparable are figures that others published of the same, with where.
	Comparable []string `yaml:"comparable,omitempty"`
	// Population is who is counted: cells of the same population and the same values are one cell in all tables.
	Population string  `yaml:"population"`
	Profile    Profile `yaml:"profile"`
	// Mart is the table of database marts that it is made from.
	Mart  string      `yaml:"mart"`
	Where []Condition `yaml:"where"`
	// Known is a column of the mart that is false where it is too early to tell.
	Known string `yaml:"known,omitempty"`
	// Status is a column of the mart with value, not_yet or not_applicable.
	Status     string      `yaml:"status,omitempty"`
	Dimensions []Dimension `yaml:"dimensions"`
	// Count is the column with the count of persons; with parts of the outcome, the denominator.
	Count   string   `yaml:"count"`
	Outcome *Outcome `yaml:"outcome,omitempty"`
}

// Condition chooses rows of a mart: those with one of some values in a column.
type Condition struct {
	Column string   `yaml:"column"`
	Part   string   `yaml:"part,omitempty"` // month: the number of the month of a date
	In     []string `yaml:"in"`
}

// Dimension is a column of the published table.
type Dimension struct {
	Name   string `yaml:"name"`
	Column string `yaml:"column,omitempty"` // of the mart; the name when it is left out
	// Margin tells that its values add up to everybody, so that a row with the total is published too. Every value
	// that occurs has a row then, with 0 where nobody has it.
	Margin bool `yaml:"margin,omitempty"`
	// Values name values otherwise than the mart does.
	Values map[string]string `yaml:"values,omitempty"`
}

// From is the column of the mart.
func (d Dimension) From() string {
	if d.Column == "" {
		return d.Name
	}
	return d.Column
}

// Outcome is what became of the people: a dimension of which the total is the denominator. Its values stand in a column of
// the mart, or each has a count of its own.
type Outcome struct {
	Name   string `yaml:"name"`
	Column string `yaml:"column,omitempty"`
	Parts  []Part `yaml:"parts,omitempty"`
	// Rest is the value of those who are in none of the parts: the complement of the numerator.
	Rest string `yaml:"rest,omitempty"`
	// Groups are values that are sums of others.
	Groups map[string][]string `yaml:"groups,omitempty"`
	// Sensitive tells that nobody may learn the outcome of all people of a group, or of all but one.
	Sensitive bool `yaml:"sensitive,omitempty"`
	// Structural are values that a whole group may have without telling anything about anybody.
	Structural []string `yaml:"structural,omitempty"`
}

// Part is a value of an outcome, and the column that counts it, less another column.
type Part struct {
	Value string `yaml:"value"`
	Count string `yaml:"count"`
	Less  string `yaml:"less,omitempty"`
}

// Columns gives the names of the dimensions of the published table, the outcome last.
func (e *Entry) Columns() []string {
	var names []string
	for _, d := range e.Dimensions {
		names = append(names, d.Name)
	}
	if e.Outcome != nil {
		names = append(names, e.Outcome.Name)
	}
	return names
}
