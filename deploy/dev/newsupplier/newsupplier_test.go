package newsupplier_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/connectors/connectortest"
	"doorstroom/deploy/embedded"
)

const edition = "2024-06-30"

// TestNewSupplier adds RefugeeWork to a copy of the project and runs the changed program on a warehouse of the unchanged one.
func TestNewSupplier(t *testing.T) {
	c := copyOf(t)
	p := &program{t: t, binary: build(t, top, "before"), data: filepath.Join(t.TempDir(), "data"), landing: t.TempDir(), env: tools(t)}
	p.deliver()
	p.run("", "run", "--landing", p.landing, "--as-of", edition)
	before := p.run("", "editions", "--format", "CSV")

	want := []string{"connectors/connectors.go", "connectors/refugeework", "schemas/avro/refugeework_match.avsc"}
	if touched := slices.Sorted(slices.Values(c.add())); !slices.Equal(touched, want) {
		t.Fatalf("touched by hand are %q, want one schema, one folder and the list: %q", touched, want)
	}
	c.run("go", "generate", "./schemas", "./connectors")
	c.run("go", "run", "./schemas/gen", "-check", "-root", ".")
	c.run("go", "vet", "./schemas/...", "./connectors/refugeework", "./connectors")
	p.binary = build(t, c.dir, "after")

	t.Run("its delivery counts", func(t *testing.T) { p.on(t).counts(before) })
	t.Run("explain names it", func(t *testing.T) {
		out := p.on(t).run(person(1)+"\n", "explain", "--edition", edition)
		if !strings.Contains(out, "refugeework_match M1") {
			t.Errorf("the match is not told:\n%s", out)
		}
	})
	t.Run("erase takes it away", func(t *testing.T) {
		p := p.on(t)
		p.run(person(1)+"\n", "erase", "--who", "tester", "--landing", p.landing, "--why", "a test")
		if got := p.value("SELECT count() FROM raw.refugeework_match"); got != "1" {
			t.Errorf("%s matches are left, want that of the other person", got)
		}
	})
}

// counts delivers two matches of people who are known, and looks where a supplier must show.
func (p *program) counts(before string) {
	p.t.Helper()
	p.deliverMatches()
	p.run("", "run", "--landing", p.landing, "--as-of", edition)
	for _, c := range []struct{ what, want, query string }{
		{"deliveries accepted", "1", "SELECT countIf(status = 'accepted') FROM ops.delivery FINAL WHERE supplier = 'refugeework'"},
		{"rows in raw", "2", "SELECT count() FROM raw.refugeework_match"},
		{"numbers of each kind", "24.5 24.5 2023 1650", "SELECT concat(min(hours_offered)::String, ' ', max(hours_offered)::String, ' ', sum(start_year)::String, ' ', min(hourly_wage)::String) FROM raw.refugeework_match"},
		{"rows in the mart of deliveries", "2", "SELECT sum(rows_accepted) FROM marts.deliveries WHERE supplier = 'refugeework'"},
		{"records in the mart of links", "2", "SELECT sum(records) FROM marts.linkage WHERE supplier = 'refugeework' AND record = 'refugeework_match'"},
		{"cohorts in the history of links", "1", "SELECT count() FROM marts.link_history WHERE supplier = 'refugeework'"},
		{"control totals", "1", "SELECT count() > 0 FROM ops.edition_total WHERE place = 'refugeework_match'"},
		{"persons", "2", "SELECT count() FROM facts.person"},
	} {
		if got := p.value(c.query); got != c.want {
			p.t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	// No definition uses a match, and whose they are was known: the facts are the same.
	if after := p.run("", "editions", "--format", "CSV"); after != before {
		p.t.Errorf("the facts are others\n%s\nthan before\n%s", after, before)
	}
}

// program is a built doorstroom with a data folder and deliveries.
type program struct {
	t                     *testing.T
	binary, data, landing string
	env                   []string
}

func (p *program) on(t *testing.T) *program { o := *p; o.t = t; return &o }

// run runs a command, which must end well, and gives what it prints.
func (p *program) run(input string, args ...string) string {
	p.t.Helper()
	cmd := exec.CommandContext(p.t.Context(), p.binary, append([]string{"--data", p.data}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin = p.t.TempDir(), append(os.Environ(), p.env...), strings.NewReader(input)
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		p.t.Fatalf("doorstroom %s: %v\n%s%s", strings.Join(args, " "), err, out.String(), problem.String())
	}
	return out.String()
}

// value is the one value of a query.
func (p *program) value(query string) string {
	p.t.Helper()
	lines := strings.Split(strings.TrimSpace(p.run("", "sql", "--format", "CSV", query)), "\n")
	return strings.Trim(lines[len(lines)-1], `"`)
}

func tools(t *testing.T) []string {
	t.Helper()
	found, err := embedded.FindTools(os.Getenv("DOORSTROOM_LIBCHDB"), os.Getenv("DOORSTROOM_DBT"))
	must(t, err)
	if found.LibCHDB == "" || found.DBT == "" {
		t.Fatal("the tools are not installed: run 'make tools'")
	}
	return []string{"DOORSTROOM_LIBCHDB=" + found.LibCHDB, "DOORSTROOM_DBT=" + found.DBT}
}

// person is the person_id of the n-th person, who has a V and a B.
func person(n int) string { return "v" + connectortest.Pseudonym(n) }

// deliver hands over the permits of two people, and the stays by which their V and B are linked.
func (p *program) deliver() {
	p.t.Helper()
	var permits, stays strings.Builder
	for n := 1; n <= 2; n++ {
		v, b := connectortest.Pseudonym(n), connectortest.Pseudonym(100+n)
		fmt.Fprintf(&permits, `{"recordnummer":"P%d","pseudoniem_v":%q,"verblijfstitel":"26","ingangsdatum":"2023-02-01","nationaliteit":"0100","geboortejaar":1990,"geslacht":"V","instroom":"zelf"}`+"\n", n, v)
		fmt.Fprintf(&stays, `{"recordnummer":"S%d","pseudoniem_v":%q,"pseudoniem_b":%q,"locatie":"azc","gemeentecode":"0014","begindatum":"2023-01-01"}`+"\n", n, v, b)
	}
	connectortest.Delivery{Supplier: "coa", ID: "coa-1", Files: []connectortest.File{
		{Name: "permits.jsonl", Record: "coa_permit", Format: "jsonl", Data: []byte(permits.String()), Rows: 2},
		{Name: "stays.jsonl", Record: "coa_stay", Format: "jsonl", Data: []byte(stays.String()), Rows: 2},
	}}.Write(p.t, p.landing)
}

// deliverMatches hands over a match of each of the two, by the B alone.
func (p *program) deliverMatches() {
	p.t.Helper()
	var matches strings.Builder
	for n := 1; n <= 2; n++ {
		fmt.Fprintf(&matches, `{"recordnummer":"M%d","pseudoniem_b":%q,"datum_koppeling":"2023-06-01","uitkomst":"geplaatst","uren_aangeboden":24.5,"beginjaar":%s,"uurloon":1650}`+"\n",
			n, connectortest.Pseudonym(100+n), map[int]string{1: "2023", 2: "null"}[n])
	}
	connectortest.Delivery{Supplier: "refugeework", ID: "match-1", Files: []connectortest.File{
		{Name: "matches.jsonl", Record: "refugeework_match", Format: "jsonl", Data: []byte(matches.String()), Rows: 2},
	}}.Write(p.t, p.landing)
}
