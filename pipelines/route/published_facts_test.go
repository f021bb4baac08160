package route_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/speccase"
)

// publishedFacts has a line for each case of the specification and each published set: what the facts of the case were when
// it was written, as a digest. Lines are added and taken out, never changed.
const publishedFacts = "testdata/published_facts.txt"

// TestPublishedSetsKeepTheirFacts: a set that was published gives the facts that it always gave, whatever was built since.
// With -update it takes in new cases and sets, and lets go of cases that are gone.
func TestPublishedSetsKeepTheirFacts(t *testing.T) {
	text, err := os.ReadFile(publishedFacts)
	if err != nil && !*update {
		t.Fatal(err)
	}
	known := map[string]string{}
	for line := range strings.Lines(string(text)) {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), " ")
		known[name] = digest
	}
	var lines []string
	for name, digest := range factsOfCases(t) {
		switch before, there := known[name]; {
		case there && before != digest:
			t.Errorf("%s: the facts are not what they were. Editions under these definitions would lose their bytes: make a new version (docs/decisions/definitions-have-versions.md)", name)
			digest = before
		case !there && !*update:
			t.Errorf("%s: %s has no line of it: run go generate ./pipelines/route/", name, publishedFacts)
		}
		lines = append(lines, digest+" "+name+"\n")
		delete(known, name)
	}
	if *update {
		slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[digestChars:], b[digestChars:]) })
		if err := os.WriteFile(publishedFacts, []byte(strings.Join(lines, "")), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for name := range known {
		t.Errorf("%s: there is no such case or set any more: run go generate ./pipelines/route/", name)
	}
}

// digestChars are enough of a SHA-256 to notice any change that is not meant to deceive.
const digestChars = 16

// factsOfCases digests the facts of every case under every set, also those that the case does not hold for.
func factsOfCases(t *testing.T) map[string]string {
	t.Helper()
	digests := map[string]string{}
	for _, file := range specFiles(t) {
		for i := range file.Cases {
			c := &file.Cases[i]
			for _, definitions := range definition.Published() {
				ed, _ := c.Under(definitions)
				sum := sha256.New()
				for _, table := range speccase.Tables(build(t, &c.Person, ed.Route())) {
					for _, row := range table.Rows {
						fmt.Fprintf(sum, "%s %q\n", table.Name, row)
					}
				}
				name := fmt.Sprintf("%s %s/%s", definitions.Version, file.Title, c.Name)
				if _, twice := digests[name]; twice {
					t.Errorf("two cases are called %s", name)
				}
				digests[name] = hex.EncodeToString(sum.Sum(nil))[:digestChars]
			}
		}
	}
	return digests
}
