package source_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap/zaptest"

	"doorstroom/connectors/manifest"
	"doorstroom/connectors/source"
)

// content is bytes that nothing makes shorter.
func content(seed byte, size int) []byte {
	data := make([]byte, size)
	_, _ = rand.NewChaCha8([32]byte{seed}).Read(data)
	return data
}

// manifestOf describes files by name.
func manifestOf(t *testing.T, id string, files map[string][]byte) []byte {
	t.Helper()
	m := manifest.Manifest{
		Supplier: "coa", DeliveryID: id, DrawnOn: "2026-01-05", CoversFrom: "2025-01-01", CoversTo: "2025-12-31",
		Mode: "full", ContractVersion: "1.0", KeyVersion: 1, Files: []manifest.File{},
	}
	for name, data := range files {
		m.Files = append(m.Files, manifest.File{Name: name, Record: "coa_stay", Format: "jsonl", Bytes: manifest.Integer(len(data)), SHA256: manifest.SHA256(data)})
	}
	data, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// deliver lays a delivery down as a supplier does.
func (p *place) deliver(t *testing.T, id string, files map[string][]byte) []byte {
	t.Helper()
	for name, data := range files {
		p.put(id+"/"+name, data)
	}
	m := manifestOf(t, id, files)
	p.put(id+"/manifest.json", m)
	return m
}

func (p *place) fetch(t *testing.T, landing string) error {
	t.Helper()
	return source.Fetch(context.Background(), p.folder, landing, zaptest.NewLogger(t))
}

func (p *place) mustFetch(t *testing.T, landing string) {
	t.Helper()
	if err := p.fetch(t, landing); err != nil {
		t.Fatal(err)
	}
}

// holds compares a delivery in the landing folder, which must have these files and no other.
func holds(t *testing.T, landing, id string, files map[string][]byte) {
	t.Helper()
	dir := filepath.Join(landing, "coa", id)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(files) {
		t.Errorf("%s has %d files, want %d: %v", id, len(entries), len(files), entries)
	}
	for name, want := range files {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s/%s is not what the supplier laid down (%v)", id, name, err)
		}
	}
}

// with is the files and the manifest.
func with(files map[string][]byte, m []byte) map[string][]byte {
	all := map[string][]byte{manifest.Name: m}
	for name, data := range files {
		all[name] = data
	}
	return all
}

// landedIDs are the deliveries that can be read.
func landedIDs(t *testing.T, landing string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(landing, "coa", "[a-z0-9]*"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range paths {
		paths[i] = filepath.Base(paths[i])
	}
	return strings.Join(paths, " ")
}

// TestFetch brings what is ready, leaves the rest alone, and does nothing the second time.
func TestFetch(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		files := map[string][]byte{"a.jsonl": content(1, 3<<20), "b.jsonl": content(2, 1000), "empty.jsonl": {}}
		m := p.deliver(t, "coa-1", files)
		p.put("coa-2/a.jsonl", content(3, 100)) // still being written
		p.put("Coa 3/manifest.json", m)         // no delivery_id
		p.put(".coa-4/manifest.json", m)
		landing := t.TempDir()
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", with(files, m))
		if got := landedIDs(t, landing); got != "coa-1" {
			t.Errorf("landed: %s", got)
		}
		came := p.line.came.Load()
		p.mustFetch(t, landing)
		if again := p.line.came.Load() - came; again > 100<<10 {
			t.Errorf("%d bytes came for nothing new", again)
		}
		if n, err := p.folder.Look(context.Background()); err != nil || n != 2 {
			t.Errorf("a look sees %d deliveries, %v", n, err)
		}
	})
}

const (
	size = 4 << 20
	// overhead is what may come beside the bytes that are missing: handshakes,
	// and what SFTP had asked for at once when the line was cut.
	overhead = 1<<20 + 256<<10
)

// TestFetchGoesOnAfterCuts within one visit: on a line that is cut long before
// the end of the file, a copy that starts again would never end.
func TestFetchGoesOnAfterCuts(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		files := map[string][]byte{"a.jsonl": content(1, size)}
		m := p.deliver(t, "coa-1", files)
		p.line.cutAfter.Store(700_000)
		landing := t.TempDir()
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", with(files, m))
	})
}

// TestFetchIsResumed at the byte where it stopped, by the next visit, after the
// place went away half-way.
func TestFetchIsResumed(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		files := map[string][]byte{"a.jsonl": content(1, size)}
		m := p.deliver(t, "coa-1", files)
		landing := t.TempDir()
		p.line.cutAfter.Store(3 << 20)
		p.folder.Tries = 1
		if err := p.fetch(t, landing); err == nil || !strings.Contains(err.Error(), "run again") {
			t.Fatalf("a place that goes away: %v", err)
		}
		p.line.down.Store(true)
		if err := p.fetch(t, landing); err == nil {
			t.Fatal("no error of a place that is away")
		}
		if got := landedIDs(t, landing); got != "" {
			t.Fatalf("half a delivery can be read: %s", got)
		}
		p.line.down.Store(false)
		p.line.cutAfter.Store(0)
		came := p.line.came.Load()
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", with(files, m))
		if rest := p.line.came.Load() - came; rest > size-3<<20+overhead {
			t.Errorf("%d bytes came for the last %d", rest, size-3<<20)
		}
	})
}

// TestFetchGivesUpSilence: a connection on which nothing comes any more is left for another.
func TestFetchGivesUpSilence(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		files := map[string][]byte{"a.jsonl": content(1, size)}
		m := p.deliver(t, "coa-1", files)
		landing := t.TempDir()
		p.folder.Tries, p.folder.Stall = 1, time.Second
		p.line.silent.Store(3 << 20)
		if err := p.fetch(t, landing); err == nil || !strings.Contains(err.Error(), "nothing arrived") {
			t.Fatalf("%v", err)
		}
		p.line.silent.Store(0)
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", with(files, m))
	})
}

// TestFetchWaitsForWhatIsBeingWritten: a file that is not as the manifest says
// does not land, and does when it is.
func TestFetchWaitsForWhatIsBeingWritten(t *testing.T) {
	whole := content(1, 100_000)
	for name, before := range map[string][]byte{
		"other bytes": content(2, 100_000), "too short": whole[:60_000], "too long": append(whole[:100_000:100_000], 1), "not there": nil,
	} {
		t.Run(name, func(t *testing.T) {
			eachPlace(t, func(t *testing.T, p *place) {
				files := map[string][]byte{"a.jsonl": whole, "b.jsonl": content(3, 10)}
				landing := t.TempDir()
				m := manifestOf(t, "coa-1", files)
				p.put("coa-1/manifest.json", m)
				p.put("coa-1/b.jsonl", files["b.jsonl"])
				if before != nil {
					p.put("coa-1/a.jsonl", before)
				}
				p.mustFetch(t, landing)
				if got := landedIDs(t, landing); got != "" {
					t.Fatalf("landed: %s", got)
				}
				p.put("coa-1/a.jsonl", whole)
				p.mustFetch(t, landing)
				holds(t, landing, "coa-1", with(files, m))
			})
		})
	}
}

// TestFetchLandsWhatStaysWrong: what two visits found alike nobody is writing;
// it lands as it is, and is refused when it is read.
func TestFetchLandsWhatStaysWrong(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		landing := t.TempDir()
		promised := map[string][]byte{"a.jsonl": content(1, 1000), "b.jsonl": content(2, 1000)}
		m := manifestOf(t, "coa-1", promised)
		wrong := content(3, 1000)
		p.put("coa-1/a.jsonl", wrong)
		p.put("coa-1/manifest.json", m)
		half := m[:len(m)/2]
		p.put("coa-2/manifest.json", half)
		p.mustFetch(t, landing)
		if got := landedIDs(t, landing); got != "" {
			t.Fatalf("landed: %s", got)
		}
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", map[string][]byte{"a.jsonl": wrong, manifest.Name: m})
		holds(t, landing, "coa-2", map[string][]byte{manifest.Name: half})
	})
}

// TestFetchOfAVastManifest: of a manifest that is longer than any only so much
// lands as is refused for its length; the other deliveries come.
func TestFetchOfAVastManifest(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		landing := t.TempDir()
		vast := append(manifestOf(t, "coa-1", nil), bytes.Repeat([]byte(" "), manifest.Limit+1000)...)
		p.put("coa-1/manifest.json", vast)
		files := map[string][]byte{"a.jsonl": content(1, 10)}
		m := p.deliver(t, "coa-2", files)
		p.mustFetch(t, landing)
		holds(t, landing, "coa-2", with(files, m))
		holds(t, landing, "coa-1", map[string][]byte{manifest.Name: vast[:manifest.Limit+1]})
		_, refusal := manifest.Parse(vast[:manifest.Limit+1], manifest.Rules{Supplier: "coa", DeliveryID: "coa-1"})
		if refusal == nil || !strings.Contains(refusal.Detail, "longer than") {
			t.Errorf("%+v", refusal)
		}
	})
}

// TestFetchOfAnIdThatComesAgain: another manifest replaces, and what stood is
// kept aside; a manifest that was decided does not come.
func TestFetchOfAnIdThatComesAgain(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		landing := t.TempDir()
		first := map[string][]byte{"a.jsonl": content(1, 1000)}
		m1 := p.deliver(t, "coa-1", first)
		p.mustFetch(t, landing)
		second := map[string][]byte{"a.jsonl": content(2, 1000), "b.jsonl": content(3, 10)}
		m2 := p.deliver(t, "coa-1", second)
		p.folder.Decided = func(id, digest string) bool { return id == "coa-1" && digest == manifest.SHA256(m2) }
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", with(first, m1))
		p.folder.Decided = nil
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", with(second, m2))
		holds(t, landing, ".coa-1."+manifest.SHA256(m1)[:12], with(first, m1))
	})
}

// TestFetchKeepsToItsFolder: a manifest with paths for names lands alone, to be
// refused, and nothing is read or written elsewhere.
func TestFetchKeepsToItsFolder(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		landing := t.TempDir()
		files := map[string][]byte{"../../escaped": content(1, 10), "/tmp/escaped": content(1, 10)}
		m := manifestOf(t, "coa-1", files)
		p.put("coa-1/manifest.json", m)
		p.mustFetch(t, landing)
		holds(t, landing, "coa-1", map[string][]byte{manifest.Name: m})
		if entries, err := os.ReadDir(landing); err != nil || len(entries) != 1 {
			t.Errorf("%v, %v", entries, err)
		}
	})
}

// TestFetchSaysThatCredentialsAreWrong at once, without telling them.
func TestFetchSaysThatCredentialsAreWrong(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		p.deliver(t, "coa-1", map[string][]byte{"a.jsonl": content(1, 10)})
		p.folder = p.strange(p.folder)
		p.folder.Wait = time.Hour // waiting would be in vain
		err := p.fetch(t, t.TempDir())
		if err == nil || strings.Contains(err.Error(), "another-") {
			t.Fatalf("%v", err)
		}
		if !strings.Contains(err.Error(), "SECRET") && !strings.Contains(err.Error(), "KEY_FILE") {
			t.Errorf("the message names no setting: %v", err)
		}
	})
}
