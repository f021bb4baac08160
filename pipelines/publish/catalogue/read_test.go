package catalogue

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"doorstroom/dbt"
)

// TestCatalogueOfTheProgram reads the catalogue that is in the binary.
func TestCatalogueOfTheProgram(t *testing.T) {
	c, err := Read("")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Entries) < 25 || len(c.Hash) != 64 {
		t.Errorf("%d entries, hash %q", len(c.Entries), c.Hash)
	}
	for _, e := range c.Entries {
		text, err := e.Written()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadEntry(text)
		if err != nil || back.Shape() != e.Shape() || back.Title != e.Title {
			t.Errorf("entry %s does not come back as it was kept: %v", e.Name, err)
		}
	}
}

const rules = `version: "1"
threshold: 10
base: 10
publisher: {name: {nl: a, en: a}, uri: u, email: "mailto:a", licence: l}
dimensions: {region: {nl: regio, en: region}, work: {nl: werk, en: work}}
`

const entries = `- name: work
  importance: 1
  title: {nl: Werk, en: Work}
  unit: {nl: personen, en: persons}
  definition: {nl: Wie werkt., en: Who works.}
  population: everybody
  profile: suppress
  mart: people
  where: [{column: kind, in: [a]}]
  dimensions: [{name: region, margin: true}]
  count: people
  outcome: {name: work, parts: [{value: working, count: working}], rest: none}
`

// TestWhatIsWrongIsToldByLine changes one thing of a catalogue that is right.
func TestWhatIsWrongIsToldByLine(t *testing.T) {
	if _, err := read(folder(rules, entries)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, want string }{
		{"threshold: 10", "threshold: 9", "catalogue.yaml: threshold 9: the contract asks for 10"},
		{"base: 10", "base: 3", "catalogue.yaml: base 3"},
		{"base: 10", "base: 20", "catalogue.yaml: base 20"},
		{`version: "1"`, `version: ""`, "gives no version"},
		{"regio, en", "'', en", "dimension region needs a title"},
		{"name: work\n", "name: wo-rk\n", "all.yaml, line 1: entry wo-rk has the name"},
		{"name: work\n", "name: latest_work\n", "needs for itself"},
		{"importance: 1", "importance: 0", "no importance"},
		{"profile: suppress", "profile: cell key", `profile "cell key"`},
		{"en: Who works.", "en: ''", "needs its definition"},
		{"mart: people", "mart: people; DROP", "has the mart"},
		{"column: kind, in: [a]", "column: kind, in: []", "chooses no value"},
		{"column: kind, in", "column: kind, part: year, in", "by the part"},
		{"name: region, margin", "name: status, margin", "every published table"},
		{"name: region, margin", "name: sex, margin", "no title"},
		{", rest: none", "", "without rest"},
		{"rest: none", "rest: working", `the value "working"`},
		{"rest: none", "rest: total", `the value "total"`},
		{"count: people\n", "count: people\n  colour: red\n", "line 12: field colour not found"},
		{"outcome:", "known: a\n  status: b\n  outcome:", "both known and status"},
		{"\n  outcome", "\n  outcome", "work stands in the catalogue twice"},
	} {
		all := strings.Replace(entries, c.from, c.to, 1)
		if c.from == "\n  outcome" {
			all += entries
		}
		_, err := read(folder(strings.Replace(rules, c.from, c.to, 1), all))
		var wrong *Error
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s in place of %s: %v, want %q", c.to, c.from, err, c.want)
		}
	}
	if _, err := read(fstest.MapFS{}); err == nil {
		t.Error("an empty folder is a catalogue")
	}
}

func folder(rules, entries string) fstest.MapFS {
	return fstest.MapFS{"catalogue.yaml": {Data: []byte(rules)}, "all.yaml": {Data: []byte(entries)}}
}

// TestMartsHaveWhatTheCatalogueReads finds every column that an entry names in the description of its mart.
func TestMartsHaveWhatTheCatalogueReads(t *testing.T) {
	c, err := Read("")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.Entries {
		text, err := dbt.Project.ReadFile("models/marts/" + e.Mart + ".yml")
		if err != nil {
			t.Errorf("entry %s: %v", e.Name, err)
			continue
		}
		columns := []string{"edition", e.Count}
		for _, d := range e.Dimensions {
			columns = append(columns, d.From())
		}
		for _, w := range e.Where {
			columns = append(columns, w.Column)
		}
		if e.Outcome != nil {
			columns = append(columns, e.Outcome.columns()[1:]...)
		}
		for _, name := range append(columns, e.Known, e.Status) {
			if name != "" && !strings.Contains(string(text), "\n      - name: "+name+"\n") {
				t.Errorf("entry %s reads column %s, which mart %s does not have", e.Name, name, e.Mart)
			}
		}
	}
}
