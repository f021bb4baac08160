package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// The days on which the world of eraseWorld was drawn, and its editions.
const (
	closedDay, openDay           = "2026-02-28", "2026-04-30"
	drawnOne, drawnTwo, drawnTri = "2026-02-15", "2026-03-15", "2026-04-15"
)

// eraseWorld is people by hand, of whom V1 with B1 and V2 is one who is erased.
// Without that person it is what a warehouse would be that never had them.
func eraseWorld(t *testing.T, landing string, withPerson bool) {
	t.Helper()
	v, b := func(n int) string { return pseudonym('v', n) }, func(n int) string { return pseudonym('b', n) }
	stay := func(id, v, operation, begin string) fields {
		f := fields{"recordnummer": fmt.Sprintf("%q", id), "mutatie": fmt.Sprintf("%q", operation)}
		if operation != "V" {
			f["pseudoniem_v"], f["locatie"], f["gemeentecode"], f["begindatum"] = fmt.Sprintf("%q", v), `"sentinel"`, `"0363"`, fmt.Sprintf("%q", begin)
		}
		return f
	}
	deliver := func(id, drawnOn string, stays, links, theirStays, theirLinks []fields) {
		if withPerson {
			stays, links = slices.Concat(stays[:1], theirStays, stays[1:]), append(links, theirLinks...)
		}
		landed{supplier: "coa", id: id, mode: "mutation", drawnOn: drawnOn, files: []dataFile{
			{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(stays), rows: len(stays)},
			{name: "participation.jsonl", record: "coa_participation", format: "jsonl", content: jsonLines(links), rows: len(links)},
		}}.write(t, landing)
	}
	deliver("one", drawnOne,
		[]fields{stay("S3", v(3), "T", "2024-01-01"), stay("S6", v(6), "T", "2024-02-02")},
		[]fields{participation("H3", v(3), b(3), 3), participation("H4", v(4), b(4), 4), participation("H5", v(4), b(5), 5)},
		[]fields{stay("S1", v(1), "T", "2023-05-05"), stay("S11", v(1), "T", "2023-06-06")},
		// V2 was linked to B1 for a while only.
		[]fields{participation("H1", v(1), b(1), 1), participation("H2", v(2), b(1), 2)})
	deliver("two", drawnTwo,
		[]fields{stay("S7", v(7), "T", "2024-03-03"), stay("S8", v(8), "T", "2024-04-04")},
		[]fields{participation("H8", v(8), b(8), 8)},
		// S9 was ascribed to V6 by mistake, S10 to the person.
		[]fields{stay("S9", v(6), "T", "2020-09-09"), stay("S10", v(1), "T", "2020-10-10"), stay("S11", "", "V", "")},
		[]fields{{"recordnummer": `"H2"`, "mutatie": `"V"`}})
	deliver("three", drawnTri,
		[]fields{stay("S7", v(7), "W", "2024-03-04"), stay("S8", "", "V", ""), stay("S10", v(7), "T", "2020-10-11")},
		[]fields{participation("H9", v(9), b(9), 9)},
		[]fields{stay("S9", v(1), "W", "2020-09-09")}, nil)
	exams := []fields{exam("E1", b(3), 2)}
	if withPerson {
		exams = append(exams, exam("E2", b(1), 1), exam("E3", b(1), 3))
	}
	page := dataFile{name: "duo_exam-000001.json", record: "duo_exam", format: "json", content: jsonPage(exams, len(exams)), rows: len(exams)}
	landed{supplier: "duo", id: "exams", drawnOn: drawnOne, files: []dataFile{page}}.write(t, landing)
}

func exam(id, b string, day int) fields {
	return fields{"recordnummer": fmt.Sprintf("%q", id), "pseudoniem_b": fmt.Sprintf("%q", b), "onderdeel": `"KNM"`,
		"examendatum": fmt.Sprintf(`"2025-01-%02d"`, day), "resultaat": `"geslaagd"`}
}

// TestEraseLeavesNothing erases somebody whom two editions know, one of them
// closed, and looks in every table, file and message. The facts of everybody else
// are those of a warehouse that never had the person, then and after later deliveries.
func TestEraseLeavesNothing(t *testing.T) {
	t.Parallel()
	never, neverLanding := newUser(t), filepath.Join(t.TempDir(), "landing")
	eraseWorld(t, neverLanding, false)
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	eraseWorld(t, landing, true)
	if err := os.MkdirAll(filepath.Join(landing, "duo", ".copied"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(landing, "duo", ".copied", "exams"), nil, 0o600); err != nil { // as Pull marks it
		t.Fatal(err)
	}
	refused := stayFile('v', 1, 2)
	landed{supplier: "coa", id: "refused", files: []dataFile{refused}, change: func(m map[string]any) { listedFile(m, 0)["rows"] = 3 }}.write(t, landing)
	bad := stays('v', 1, 1)
	bad[0]["gemeentecode"], bad[0]["mutatie"] = `"9999"`, `"T"`
	landed{supplier: "coa", id: "bad", mode: "mutation", files: []dataFile{{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(bad), rows: 1}}}.write(t, landing)
	for _, w := range []*user{never, u} {
		dir := neverLanding
		if w == u {
			dir = landing
		}
		w.run("run", "--landing", dir, "--only", "load")
		for _, day := range []string{closedDay, openDay} {
			w.run("run", "--only", "facts", "--as-of", day).exits(0)
		}
	}
	closeEdition(u, closedDay)
	theirs := []string{pseudonym('v', 1), pseudonym('b', 1), pseudonym('v', 2)}
	if found := searchTables(u, theirs...); len(found) < 5 {
		t.Fatalf("before the erasure the person is in %q only: the search finds too little", found)
	}
	if found := searchFiles(t, u.data, theirs...); len(found) == 0 {
		t.Fatal("before the erasure no file holds the person: the search finds too little")
	}

	given := "v" + theirs[0] + "\n"
	if out := u.withInput(given, "erase", "--dry-run", "--landing", landing, "--why", "request 1").exits(0).out; !strings.Contains(out, "1 given, 3 with") {
		t.Errorf("a dry run says\n%s", out)
	}
	if len(searchTables(u, theirs...)) == 0 {
		t.Error("a dry run erased")
	}
	out := u.withInput(given, "erase", "--who", "tester", "--landing", landing, "--why", "request 1").exits(0).out
	for _, want := range []string{"1 given, 3 with", "13 of raw tables", "copies of files: 1", "edition " + closedDay + " is closed",
		"coa/one/stay.jsonl\n", "coa/one/participation.jsonl\n", "coa/refused/stay.jsonl\n", "coa/bad/stay.jsonl\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
	assertErased(t, u, theirs...)
	if found := searchFiles(t, filepath.Join(landing, "duo"), theirs...); len(found) != 0 {
		t.Errorf("the copies %q still hold the person", found)
	}
	for query, want := range map[string]string{
		"SELECT concat(who, ' ', action, ' ', why) FROM ops.operator_action":                                                                                 "tester erase request 1",
		"SELECT concat(status, ' ', toString(pseudonyms), ' ', toString(raw_rows)) FROM ops.erasure FINAL":                                                   "done 3 13",
		"SELECT count() FROM system.tables WHERE database = 'work'":                                                                                          "0",
		"SELECT persons = (SELECT count() FROM facts.person WHERE edition = '" + closedDay + "') FROM ops.edition FINAL WHERE edition = '" + closedDay + "'": "1",
	} {
		if got := u.value(query); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	same := func(what string) {
		t.Helper()
		got, want := u.run("editions", "--format", "CSV").exits(0).out, never.run("editions", "--format", "CSV").exits(0).out
		if got != want {
			t.Errorf("%s the facts are\n%s\nthose of a warehouse that never had the person\n%s", what, got, want)
		}
		u.run("deliveries", "--detail").exits(0)
	}
	same("after the erasure")

	// Again, and the same deliveries again: nothing changes.
	u.withInput(given, "erase", "--landing", landing, "--why", "request 1").exits(0)
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	assertErased(t, u, theirs...)
	same("after another erasure")

	// What comes later is loaded as ever.
	for _, w := range []string{landing, neverLanding} {
		landed{supplier: "coa", id: "after", mode: "mutation", drawnOn: "2026-04-20", files: []dataFile{mutations(50, 40)}}.write(t, w)
	}
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	never.run("run", "--landing", neverLanding, "--only", "load").exits(0)
	for _, w := range []*user{never, u} {
		w.run("run", "--only", "facts", "--as-of", openDay).exits(0)
	}
	same("after a later delivery")

	// The totals of that run account for the erased rows of accepted deliveries, and still miss a row that nobody erased.
	if n := u.value("SELECT sum(removed['erased']) FROM ops.edition_total WHERE edition = '" + openDay + "' AND step = 'accepted to raw'"); n != "11" {
		t.Errorf("the totals count %s erased rows, not 11", n)
	}
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		return e.Warehouse.Exec(ctx, "ALTER TABLE raw.coa_stay DELETE WHERE record_id = 'S3' SETTINGS mutations_sync = 2")
	})
	u.run("run", "--only", "facts", "--as-of", openDay).exits(exit.CodeFailed).says("coa/one", "stay.jsonl", "rows in raw are not as many as were accepted")
}

// TestEraseSaysWhatItNeeds before it begins.
func TestEraseSaysWhatItNeeds(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	eraseWorld(t, landing, true)
	text := pseudonym('v', 1)
	list := filepath.Join(t.TempDir(), "list")
	if err := os.WriteFile(list, []byte("\n v"+text+" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	u.withInput("nonsense\n", "erase", "--landing", landing, "--why", "test").exits(exit.CodeUsage).says("line 1")
	u.withInput("v"+text+"\nb"+text[:25]+"z", "erase", "--landing", landing, "--why", "test").exits(exit.CodeUsage).says("line 2")
	u.withInput("", "erase", "--landing", landing, "--why", "test").exits(exit.CodeUsage).says("no pseudonym")
	u.withInput("v"+text, "erase", "--why", "test").exits(exit.CodeUsage).says("--landing")
	u.withInput("v"+text, "erase", "--landing", landing).exits(exit.CodeUsage).says("why")
	u.withInput("v"+text, "erase", "--landing", landing, "--why", "test", "--links", "some").exits(exit.CodeUsage).says("--links")
	u.run("erase", "--landing", landing, "--why", "test", filepath.Join(t.TempDir(), "none")).exits(exit.CodeUsage)
	u.run("erase", "--landing", landing, "--finish", list).exits(exit.CodeUsage)
	if e := u.run("erase", "--landing", landing, "--why", "test", "v"+text+",v"+text).exits(exit.CodeUsage).says("no such file"); strings.Contains(e.err, text) {
		t.Error("it repeats what may be pseudonyms")
	}
	for _, typed := range []string{"v" + text, text} {
		if e := u.run("erase", "--landing", landing, "--why", "test", typed).exits(exit.CodeUsage).says("history"); strings.Contains(e.out+e.err, text) {
			t.Error("it repeats the pseudonym")
		}
	}
	u.run("migrate").exits(0)
	u.run("erase", "--landing", landing, "--why", "test", list).exits(exit.CodeFailed).says("4 deliveries", "duo/exams")
	u.run("run", "--landing", landing, "--only", "load").exits(0)
	u.run("erase", "--landing", landing, "--why", "about "+text, list).exits(exit.CodeUsage).says("must not")
	u.run("erase", "--landing", landing, "--why", "about "+pseudonym('b', 1), list).exits(exit.CodeUsage).says("must not")
	if e := u.run("erase", "--finish", "--landing", landing).exits(0); !strings.Contains(e.out, "no erasure was broken off") {
		t.Errorf("it says %q", e.out)
	}
	u.run("erase", "--landing", landing, "--why", "test", list).exits(0)
	assertErased(t, u, text)
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error { // as if it was killed before its very last word
		return e.Warehouse.Exec(ctx, "INSERT INTO ops.erasure SELECT * REPLACE ('begun' AS status, now64(6) AS written_at) FROM ops.erasure FINAL")
	})
	if out := u.run("erase", "--finish", "--landing", landing).exits(0).out; !strings.Contains(out, "no longer known") || strings.Contains(out, "no file") {
		t.Errorf("of files that it did not search it says\n%s", out)
	}
}

// TestEraseFollowsLinks as it is told to, and none of a conflict.
func TestEraseFollowsLinks(t *testing.T) {
	t.Parallel()
	all, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	eraseWorld(t, landing, true)
	all.loads(landing)
	all.builds(closedDay)
	closeEdition(all, closedDay)
	for _, test := range []struct {
		name, given, links string
		gone, kept         []string
		says               string
	}{
		{"what holds now", "v" + pseudonym('v', 1), "newest", []string{"v1", "b1"}, []string{"v3"}, "left out: 1"},
		{"linked in the closed edition only", "v" + pseudonym('v', 2), "newest", []string{"v2"}, []string{"v1", "b1"}, "left out: 2"},
		{"none", "v" + pseudonym('v', 3), "given", []string{"v3"}, []string{"b3", "v4"}, "left out: 1"},
		{"one of a conflict", "b" + pseudonym('b', 4), "all", []string{"b4"}, []string{"v4", "b5"}, "left out: 2"},
		{"several people", "v" + pseudonym('v', 3) + "\nv" + pseudonym('v', 8) + "\n", "all", []string{"v3", "b3", "v8", "b8"}, []string{"v1", "v9"}, "2 given, 4 with"},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := all.copied(t)
			if out := u.withInput(test.given, "erase", "--landing", landing, "--why", "test", "--links", test.links).exits(0).out; !strings.Contains(out, test.says) {
				t.Errorf("it does not say %q:\n%s", test.says, out)
			}
			// Of six persons one goes whole: in an edition the facts of linked pseudonyms are of one person.
			if got := u.value("SELECT count() FROM facts.person"); got != "5" {
				t.Errorf("the closed edition has %s persons left, want 5", got)
			}
			var gone []string
			for _, name := range test.gone {
				gone = append(gone, pseudonym(name[0], int(name[1]-'0')))
			}
			assertErased(t, u, gone...)
			for _, name := range test.kept {
				if len(searchTables(u, pseudonym(name[0], int(name[1]-'0')))) == 0 {
					t.Errorf("%s is gone too", name)
				}
			}
		})
	}
}

// assertErased looks for pseudonyms in every table, file and message.
func assertErased(t *testing.T, u *user, pseudonyms ...string) {
	t.Helper()
	if found := searchTables(u, pseudonyms...); len(found) != 0 {
		t.Errorf("the person is still in %q", found)
	}
	if found := searchFiles(t, u.data, pseudonyms...); len(found) != 0 {
		t.Errorf("the person is still in the files %q", found)
	}
	u.inWarehouse(true, func(ctx context.Context, e *engines.Engines) error {
		n, err := kafka.Count(ctx, e.Kafka, forms(pseudonyms...))
		if err == nil && n > 0 {
			err = fmt.Errorf("%d messages still hold the person", n)
		}
		return err
	})
}

// forms are those in which pseudonyms may lie somewhere: text and bytes.
func forms(pseudonyms ...string) (list [][]byte) {
	for _, text := range pseudonyms {
		p, ok := schemas.ParsePseudonym([]byte(text))
		if !ok {
			panic("no pseudonym: " + text)
		}
		list = append(list, []byte(text), p.Key[:])
	}
	return list
}
