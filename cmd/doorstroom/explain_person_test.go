package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sethvargo/go-envconfig"
	"go.uber.org/zap"

	"doorstroom/pipelines/lineage"
	"doorstroom/schemas"
)

// TestExplain tells where facts came from, for people of every linkage, and
// says nothing of them but on stdout.
func TestExplain(t *testing.T) {
	all := newSupply(t)
	u := newUser(t)
	u.loads(all.landing(t, all.upTo(editionDay)...))
	u.builds(editionDay)
	explain := func(id string) ended { return u.run("explain", "--edition", editionDay, "--person", id) }

	t.Run("a conflict", func(t *testing.T) {
		e := explain("v" + pseudonym('v', 1)).exits(0).says("inside the walls")
		e.shows("linkage conflict; pseudonyms v"+pseudonym('v', 1)+"\n", "none of these links is used", "b"+pseudonym('b', 1)+", held by coa", "b"+pseudonym('b', 2)+", held by coa",
			"first_participation", "coa_participation HAND-1", "participation.jsonl", sha256Of(t, all, "coa/by-hand-1/participation.jsonl"))
	})
	t.Run("a merged dossier", func(t *testing.T) {
		explain("v"+pseudonym('v', 2)).exits(0).shows("linkage linked; pseudonyms b"+pseudonym('b', 3)+", v"+pseudonym('v', 2)+", v"+pseudonym('v', 3)+"\n",
			"linked by coa_participation [1] rows 3-4")
	})
	t.Run("a withdrawn link", func(t *testing.T) {
		explain("v"+pseudonym('v', 4)).exits(0).shows("linkage linked; pseudonyms b"+pseudonym('b', 4)+", v"+pseudonym('v', 4)+"\n",
			"HAND-6 [1] row 6: deleted (V), see coa_participation HAND-6 [2] row 1", "by-hand-2")
	})
	t.Run("nobody", func(t *testing.T) {
		for _, id := range []string{"v" + pseudonym('v', 3), "v" + pseudonym('x', 9), "b" + pseudonym('v', 1), "sentinel", ""} {
			explain(id).exits(2).says("no such person in edition " + editionDay)
		}
		u.run("explain", "--edition", "2020-01-01", "--person", "v"+pseudonym('v', 1)).exits(1).says("edition 2020-01-01: no such edition")
	})
	t.Run("everybody", func(t *testing.T) { everybody(t, u) })
	assertOnlyInWarehouse(t, u.data)
}

// shows checks that stdout holds every text.
func (e ended) shows(texts ...string) {
	e.t.Helper()
	for _, text := range texts {
		if !strings.Contains(e.out, text) {
			e.t.Errorf("doorstroom %s does not show %q:\n%s", e.args, text, e.out)
		}
	}
}

// sourced is the end of a line that names a row.
var sourced = regexp.MustCompile(`\[\d+\] rows? \d`)

// everybody explains people until every kind of fact was seen. Explain itself holds what it tells against
// the stored facts; here every milestone, spell and status must name a row, except a status that no record gives.
func everybody(t *testing.T, u *user) {
	seen := map[string]bool{}
	a := &app{env: envconfig.MapLookuper(environ(u.env)), err: &bytes.Buffer{}, log: zap.NewNop()}
	s, err := readSettings(t.Context(), a.env)
	if err != nil {
		t.Fatal(err)
	}
	a.settings = s
	a.settings.Data = u.data
	ids := u.run("sql", "--format", "CSV", "SELECT person_id FROM facts.person ORDER BY person_id").exits(0).rows()
	day, _ := schemas.ParseISO(editionDay)
	err = a.withWarehouse(t.Context(), func(ctx context.Context, e *engines) error {
		for _, id := range ids[:min(25, len(ids))] {
			r, err := lineage.Explain(ctx, e.db, day, id[0])
			if err != nil {
				return err
			}
			var out bytes.Buffer
			if err := r.Print(&out); err != nil {
				return err
			}
			checkTimeline(t, out.String(), seen)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"application", "permit", "settled", "language_a2", "first_job", "sustained_6", "bijstand_start", "work_spell", "job", "bijstand_spell", "status"} {
		if !seen[kind] {
			t.Errorf("nobody has %s, so nothing is shown about it", kind)
		}
	}
}

// columns of the timeline stand two blanks or more apart.
var columnGap = regexp.MustCompile(` {2,}`)

func checkTimeline(t *testing.T, out string, seen map[string]bool) {
	t.Helper()
	_, timeline, _ := strings.Cut(out, "\ntimeline\n")
	for line := range strings.Lines(timeline) {
		if line == "\n" {
			return
		}
		columns := columnGap.Split(strings.TrimSpace(line), -1)
		if len(columns) < 3 {
			t.Fatalf("a line of the timeline has %d columns", len(columns))
		}
		kind, _, _ := strings.Cut(columns[1], " ")
		seen[kind] = true
		if !sourced.MatchString(line) && !slices.Contains([]string{"azc_in_procedure", "azc_with_permit", "unknown"}, columns[2]) {
			t.Errorf("a fact names no row: %s", fmt.Sprint(columns[1:]))
		}
	}
}

// sha256Of is the hash of a delivered file, in hex.
func sha256Of(t *testing.T, s *supply, path string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(path)))
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

func environ(list []string) map[string]string {
	env := map[string]string{}
	for _, entry := range list {
		name, value, _ := strings.Cut(entry, "=")
		env[name] = value
	}
	return env
}
