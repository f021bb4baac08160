package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// supply is a folder of deliveries from which landing folders are filled.
type supply struct {
	dir   string
	drawn map[string]string // drawn_on per supplier/id
}

// supplyPersons are enough for late links, corrections and bad records of every supplier.
const supplyPersons = 300

// newSupply makes the deliveries of a small synthetic population, and some by
// hand in which people are merged and links contradict each other.
func newSupply(t *testing.T) *supply {
	t.Helper()
	s := &supply{dir: filepath.Join(t.TempDir(), "supply"), drawn: map[string]string{}}
	population(t, supplyPersons, 1, s.dir)
	linked := func(n int, id string, v, b int) fields {
		return participation(id, pseudonym('v', v), pseudonym('b', b), n)
	}
	unlinked := func(n int, id string, b int) fields {
		f := linked(n, id, 0, b)
		delete(f, "pseudoniem_v")
		return f
	}
	s.participations(t, "by-hand-1", "2026-01-15", "mutation", []fields{
		linked(1, "HAND-1", 1, 1), linked(2, "HAND-2", 1, 2), // one V, two B: a conflict
		linked(3, "HAND-3", 2, 3), linked(4, "HAND-4", 3, 3), // two V, one B: a merged dossier
		linked(5, "HAND-5", 4, 4), linked(6, "HAND-6", 4, 5), // a conflict that is fixed
		unlinked(7, "HAND-9", 6), unlinked(8, "HAND-10", 7), // known by B only
	})
	s.participations(t, "by-hand-2", "2026-02-15", "mutation", []fields{{"recordnummer": `"HAND-6"`, "mutatie": `"V"`}})
	s.list(t)
	return s
}

// addUpheaval adds what an edition before it must not feel: people of the
// edition who are linked afterwards, and a full delivery that replaces records.
func (s *supply) addUpheaval(t *testing.T, u *user) {
	t.Helper()
	ids := func(linkage string) (list []string) {
		for _, r := range u.run("sql", "--format", "CSV", "SELECT substring(person_id, 2) FROM facts.person WHERE linkage = '"+linkage+"' ORDER BY person_id LIMIT 4").exits(0).rows() {
			list = append(list, r[0])
		}
		return list
	}
	v, b := ids("v_only"), ids("b_only")
	if len(v) < 2 || len(b) < 2 {
		t.Fatalf("%d people known by V only and %d by B only; the test needs two of each", len(v), len(b))
	}
	s.participations(t, "by-hand-3", "2026-04-01", "full", []fields{
		participation("HAND-1", v[0], b[0], 1), participation("HAND-7", v[1], b[0], 2), participation("HAND-8", v[1], b[1], 3),
	})
	s.list(t)
}

// participation is a COA record that links a V and a B; n makes its day.
func participation(id, v, b string, n int) fields {
	return fields{
		"recordnummer": fmt.Sprintf("%q", id), "pseudoniem_v": fmt.Sprintf("%q", v), "pseudoniem_b": fmt.Sprintf("%q", b),
		"mutatie": `"T"`, "soort": `"nt2"`, "begindatum": fmt.Sprintf(`"2025-11-%02d"`, n),
	}
}

func (s *supply) participations(t *testing.T, id, drawnOn, mode string, records []fields) {
	t.Helper()
	if mode == "full" {
		for _, r := range records {
			delete(r, "mutatie")
		}
	}
	file := dataFile{name: "participation.jsonl", record: "coa_participation", format: "jsonl", content: jsonLines(records), rows: len(records)}
	landed{supplier: "coa", id: id, mode: mode, drawnOn: drawnOn, files: []dataFile{file}}.write(t, s.dir)
}

// list reads which deliveries there are and when they were drawn.
func (s *supply) list(t *testing.T) {
	t.Helper()
	manifests, err := filepath.Glob(filepath.Join(s.dir, "*", "*", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range manifests {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var m struct {
			Supplier   string `json:"supplier"`
			DeliveryID string `json:"delivery_id"`
			DrawnOn    string `json:"drawn_on"`
		}
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		s.drawn[m.Supplier+"/"+m.DeliveryID] = m.DrawnOn
	}
}

// ids are all deliveries, sorted.
func (s *supply) ids() []string { return s.upTo("9999-12-31") }

// upTo are those drawn on or before a day, sorted.
func (s *supply) upTo(day string) (ids []string) {
	for id, drawn := range s.drawn {
		if drawn <= day {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// landing makes a landing folder of some deliveries.
func (s *supply) landing(t *testing.T, ids ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "landing")
	s.copyTo(t, dir, ids...)
	return dir
}

func (s *supply) copyTo(t *testing.T, landing string, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if err := os.CopyFS(filepath.Join(landing, filepath.FromSlash(id)), os.DirFS(filepath.Join(s.dir, filepath.FromSlash(id)))); err != nil {
			t.Fatal(err)
		}
	}
}
