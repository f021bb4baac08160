package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/cmd/doorstroom/internal/feedback"
	"doorstroom/connectors/synth"
)

// spoiled is how a delivery was damaged.
type spoiled struct {
	how string
	do  func(r *rand.Rand, dir string, m map[string]any) error
}

// damages are what may happen to a delivery on its way, or in the supplier's own program. Where the manifest is made
// to fit, the damage reaches the decoders and the rules.
var damages = []spoiled{
	{"nothing", func(*rand.Rand, string, map[string]any) error { return nil }},
	{"bytes turned over, the manifest fits", func(r *rand.Rand, dir string, m map[string]any) error {
		return changeFile(r, dir, m, true, func(data []byte) []byte {
			for range 1 + r.IntN(30) {
				data[r.IntN(len(data))] ^= 1 << r.IntN(8)
			}
			return data
		})
	}},
	{"bytes turned over", func(r *rand.Rand, dir string, m map[string]any) error {
		return changeFile(r, dir, m, false, func(data []byte) []byte { data[r.IntN(len(data))] ^= 1; return data })
	}},
	{"cut off, the manifest fits", func(r *rand.Rand, dir string, m map[string]any) error {
		return changeFile(r, dir, m, true, func(data []byte) []byte { return data[:r.IntN(len(data))] })
	}},
	{"characters exchanged, the manifest fits", func(r *rand.Rand, dir string, m map[string]any) error {
		swaps := []string{"-", "2", "1", "9", ";", ",", "\"", "a", "0", "x"}
		i := r.IntN(len(swaps)/2) * 2
		return changeFile(r, dir, m, true, func(data []byte) []byte {
			at := r.IntN(len(data))
			return append(data[:at:at], bytes.Replace(data[at:], []byte(swaps[i]), []byte(swaps[i+1]), 1+r.IntN(20))...)
		})
	}},
	{"a file gone", func(r *rand.Rand, dir string, m map[string]any) error {
		name, _ := anyFile(r, m)
		return os.Remove(filepath.Join(dir, name))
	}},
	{"another number in the manifest", func(r *rand.Rand, _ string, m map[string]any) error {
		_, f := anyFile(r, m)
		f[[]string{"rows", "bytes"}[r.IntN(2)]] = r.IntN(1000)
		return nil
	}},
	{"another word in the manifest", func(r *rand.Rand, _ string, m map[string]any) error {
		key := []string{"mode", "drawn_on", "contract_version", "key_version", "supplier", "covers_from"}[r.IntN(6)]
		m[key] = []any{"full", "mutation", "2", "2031-01-01", 7, nil}[r.IntN(6)]
		return nil
	}},
}

func anyFile(r *rand.Rand, m map[string]any) (string, map[string]any) {
	files := m["files"].([]any)
	f := files[r.IntN(len(files))].(map[string]any)
	return f["name"].(string), f
}

// changeFile changes one file; with fits the manifest tells its new size and digest.
func changeFile(r *rand.Rand, dir string, m map[string]any, fits bool, change func([]byte) []byte) error {
	name, f := anyFile(r, m)
	path := filepath.Join(dir, name)
	data, err := os.ReadFile(path)
	if err != nil || len(data) == 0 {
		return err
	}
	data = change(data)
	if fits {
		sum := sha256.Sum256(data)
		f["bytes"], f["sha256"] = len(data), hex.EncodeToString(sum[:])
	}
	return os.WriteFile(path, data, 0o600)
}

// spoil damages every delivery of a landing folder in some way and gives the ways.
func spoil(t *testing.T, r *rand.Rand, landing string) map[string]string {
	t.Helper()
	manifests, err := filepath.Glob(filepath.Join(landing, "*", "*", "manifest.json"))
	if err != nil || len(manifests) == 0 {
		t.Fatal("no deliveries", err)
	}
	ways := make(map[string]string)
	for _, path := range manifests {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var m map[string]any
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		d := damages[r.IntN(len(damages))]
		if err := d.do(r, filepath.Dir(path), m); err != nil {
			t.Fatal(err)
		}
		if text, err = json.Marshal(m); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		id, _ := filepath.Rel(landing, filepath.Dir(path))
		ways[filepath.ToSlash(id)] = d.how
	}
	return ways
}

// TestCheckIsTheRun: whatever happened to deliveries, a check tells what the run then writes to ops.delivery and
// ops.quarantine, but for a full delivery that shrank.
func TestCheckIsTheRun(t *testing.T) {
	t.Parallel()
	asOf, err := time.Parse(time.DateOnly, laterDay)
	if err != nil {
		t.Fatal(err)
	}
	sound := t.TempDir()
	if err := synth.Generate(context.Background(), synth.Options{Out: sound, Persons: 150, Seed: 3, AsOf: asOf}); err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]int)
	for seed := range uint64(3) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			landing := filepath.Join(t.TempDir(), "landing")
			if err := os.CopyFS(landing, os.DirFS(sound)); err != nil {
				t.Fatal(err)
			}
			ways := spoil(t, rand.New(rand.NewPCG(seed, 7)), landing)
			r, code := checked(t, landing)
			if code != exit.CodeRefused {
				t.Errorf("exit code %d of a check of damaged deliveries", code)
			}
			u := newUser(t)
			u.run("run", "--landing", landing, "--only", "load").exits(exit.CodeRefused)
			shrunk := sameVerdicts(t, r, u.deliveries(), ways, seen)
			var got, want []string
			for _, e := range r.Quarantine {
				got = append(got, fmt.Sprint(e.Supplier, ",", e.DeliveryID, ",", e.Record, ",", e.File, ",", e.Row, ",", fieldIn(e), ",", e.Rule))
			}
			for _, row := range u.run("quarantine", "--format", "CSV").exits(0).rows() {
				want = append(want, strings.Join(row, ","))
			}
			for _, line := range differences(got, want) {
				t.Error(line)
			}
			if len(got) == 0 {
				t.Error("nothing was put aside, so nothing is shown")
			}
			t.Logf("%d deliveries, %d entries, %d held for shrinking", len(ways), len(got), shrunk)
		})
	}
	if len(seen) < 6 {
		t.Errorf("only these verdicts came about: %v", seen)
	}
}

// sameVerdicts compares what a check said with what was decided, and counts the reasons; it gives how many deliveries
// were refused for what a check cannot know.
func sameVerdicts(t *testing.T, r feedback.Check, decided map[string][]delivered, ways map[string]string, seen map[string]int) (shrunk int) {
	t.Helper()
	if len(r.Deliveries) != len(ways) {
		t.Errorf("a check tells of %d deliveries of %d", len(r.Deliveries), len(ways))
	}
	for _, d := range r.Deliveries {
		id := d.Supplier + "/" + d.DeliveryID
		if len(decided[id]) != 1 {
			t.Errorf("%s (%s): decided %d times", id, ways[id], len(decided[id]))
			continue
		}
		run := decided[id][0]
		said := []string{d.Verdict, string(d.Reason), fmt.Sprint(d.RowsInFiles), fmt.Sprint(d.RowsAccepted), fmt.Sprint(d.RowsQuarantined)}
		if run.reason == "implausible_shrink" {
			shrunk++
			said[0], said[1], said[3] = run.status, run.reason, run.accepted
		}
		seen[run.reason]++
		if wrote := []string{run.status, run.reason, run.rowsInFiles, run.accepted, run.quarantined}; !slices.Equal(said, wrote) {
			t.Errorf("%s (%s): a check says %v, the run %v", id, ways[id], said, wrote)
		}
	}
	return shrunk
}
