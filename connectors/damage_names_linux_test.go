package connectors_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"doorstroom/connectors"
	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestHostileFolders reads a landing folder whose folders have names that no
// delivery_id can be: each is refused under its own name, and none of them is a
// path for what is read.
func TestHostileFolders(t *testing.T) {
	h := connectortest.New(t)
	good := csvHeader + "a;" + pseudonym + ";0014;01-02-2023;;;\n"
	names := []string{
		"...", "-rf", " ", "a b", "a\nb", "a\tb", "\x01", "\xff\xfe", "z\u00fc", "\u202egpj", "cafe\u0301", "caf\u00e9", "\ufeffa", "A", "a;b", "a'b", `a"b`, `a\b`, "%2e%2e", "$(id)", "{}", "CON", "a:b", "manifest.json",
		strings.Repeat("a", 64), strings.Repeat("n", 255),
	}
	for _, name := range names {
		residence(name, good, 1).Write(t, h.Landing)
	}
	// Twins by case are two deliveries, where the disk tells them apart.
	residence("a", good, 1).Write(t, h.Landing)
	got := map[string]schemas.Reason{}
	for _, c := range h.MustRead() {
		got[c.DeliveryID] = c.Reason
	}
	if len(got) != len(names)+1-1 { // "..." is hidden
		t.Errorf("%d closed of %d", len(got), len(names))
	}
	for name, reason := range got {
		want := schemas.ManifestInvalid
		if name == "a" {
			want = ""
		}
		if reason != want {
			t.Errorf("%q: %q", name, reason)
		}
	}
}

// TestWhatIsNoFile delivers in place of a file everything else that may bear its
// name: it is missing, and nothing waits for it.
func TestWhatIsNoFile(t *testing.T) {
	h := connectortest.New(t)
	good := csvHeader + "a;" + pseudonym + ";0014;01-02-2023;;;\n"
	outside := filepath.Join(t.TempDir(), "r.csv")
	connectortest.WriteFile(t, outside, []byte(good))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	want := map[string]schemas.Reason{}
	place := func(id string, reason schemas.Reason, put func(path string)) {
		with(residence(id, good, 1), func(d *connectortest.Delivery) { d.Files[0].Leave = true }).Write(t, h.Landing)
		put(filepath.Join(h.Landing, "municipality", id, "r.csv"))
		want[id] = reason
	}
	place("nothing", schemas.FileMissing, func(string) {})
	place("folder", schemas.FileMissing, func(path string) { must(os.Mkdir(path, 0o700)) })
	place("pipe", schemas.FileMissing, func(path string) { must(syscall.Mkfifo(path, 0o600)) })
	place("socket", schemas.FileMissing, func(path string) {
		// A socket's path may have 107 bytes: it is made elsewhere and moved.
		short := filepath.Join(os.TempDir(), "doorstroom-test-socket")
		_ = os.Remove(short)
		l, err := net.Listen("unix", short)
		must(err)
		l.(*net.UnixListener).SetUnlinkOnClose(false)
		must(os.Rename(short, path))
		must(l.Close())
	})
	place("device", schemas.FileMissing, func(path string) { must(os.Symlink("/dev/zero", path)) })
	place("outside", schemas.FileMissing, func(path string) { must(os.Symlink(outside, path)) })
	place("above", schemas.FileMissing, func(path string) { must(os.Symlink("../folder/../nothing/manifest.json", path)) })
	place("itself", schemas.FileMissing, func(path string) { must(os.Symlink("r.csv", path)) })
	place("broken", schemas.FileMissing, func(path string) { must(os.Symlink("gone.csv", path)) })
	place("beside", "", func(path string) {
		connectortest.WriteFile(t, filepath.Join(filepath.Dir(path), "other.csv"), []byte(good))
		must(os.Symlink("other.csv", path))
	})
	place("another-case", schemas.FileMissing, func(path string) {
		connectortest.WriteFile(t, filepath.Join(filepath.Dir(path), "R.CSV"), []byte(good))
	})
	place("hard-link", "", func(path string) { must(os.Link(outside, path)) })
	// A manifest that is a pipe is none.
	must(os.Mkdir(filepath.Join(h.Landing, "municipality", "piped"), 0o700))
	must(syscall.Mkfifo(filepath.Join(h.Landing, "municipality", "piped", "manifest.json"), 0o600))
	for _, c := range h.MustRead() {
		if reason, ok := want[c.DeliveryID]; !ok || c.Reason != reason {
			t.Errorf("%s: %q (%s), want %q", c.DeliveryID, c.Reason, c.Detail, reason)
		}
		delete(want, c.DeliveryID)
	}
	if len(want) > 0 {
		t.Errorf("not closed: %v", want)
	}
}

// TestTwinsByCase reads two files of a delivery whose names differ in case only.
func TestTwinsByCase(t *testing.T) {
	h := connectortest.New(t)
	d := permits("d", permit("a", "1990"), 1, "")
	twin := d.Files[0]
	twin.Name, twin.Data = "P.JSONL", []byte(permit("b", "1991"))
	d.Files = append(d.Files, twin)
	c := readOne(t, h, d)
	if c.Reason != "" || c.Records[0].RowsAccepted != 2 || len(h.Messages(schemas.RecordOf("coa_permit").Topic())) != 2 {
		t.Errorf("%q (%s), %+v", c.Reason, c.Detail, c.Records)
	}
}

// TestSuppliersElsewhere leaves a supplier's folder alone that is a link out of
// the landing folder, or no folder.
func TestSuppliersElsewhere(t *testing.T) {
	h := connectortest.New(t)
	elsewhere := t.TempDir()
	permits("d", permit("a", "1990"), 1, "").Write(t, elsewhere)
	if err := os.Symlink(filepath.Join(elsewhere, "coa"), filepath.Join(h.Landing, "coa")); err != nil {
		t.Fatal(err)
	}
	connectortest.WriteFile(t, filepath.Join(h.Landing, "uwv"), []byte("x"))
	if err := syscall.Mkfifo(filepath.Join(h.Landing, "duo"), 0o600); err != nil {
		t.Fatal(err)
	}
	if closed := h.MustRead(); len(closed) > 0 {
		t.Errorf("%+v", closed)
	}
	r := connectors.New(connectors.Options{Log: h.Log})
	if _, err := r.At(context.Background(), filepath.Join(h.Landing, "duo")); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a pipe to check: %v", err)
	}
	if _, err := r.Discover(context.Background(), filepath.Join(h.Landing, "duo")); !errors.Is(err, syscall.ENOTDIR) {
		t.Errorf("a pipe for a landing folder: %v", err)
	}
}

// TestFilesThatChange writes to a file while it is read: nothing of it counts,
// and when it is read again it is not what its manifest says.
func TestFilesThatChange(t *testing.T) {
	for name, change := range map[string]func(path string, data []byte) error{
		"written to": func(path string, data []byte) error {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			defer f.Close()
			_, err = f.WriteAt([]byte(permit("changed", "1991")), int64(len(data)-len(permit("changed", "1991"))))
			return err
		},
		"longer":  func(path string, data []byte) error { return os.WriteFile(path, append(data, "\n"...), 0o600) },
		"cut off": func(path string, data []byte) error { return os.Truncate(path, int64(len(data)/2)) },
	} {
		for _, pass := range []int64{forDigest, forRecords} {
			t.Run(fmt.Sprint(name, pass), func(t *testing.T) {
				h := connectortest.New(t)
				data := []byte(strings.Repeat(permit("r", "1990"), 50_000))
				permits("d", string(data), 50_000, "").Write(t, h.Landing)
				readWhile(t, h, pass, func() error { return change(filepath.Join(h.Landing, "coa", "d", "p.jsonl"), data) })
				again := h.MustRead()
				if len(again) != 1 || again[0].Reason != schemas.HashMismatch && again[0].Reason != schemas.SizeMismatch {
					t.Errorf("%+v", again)
				}
			})
		}
	}
}

// TestFilesThatChangeAndComeBack writes other records of the same length to a
// file while it is read, and then brings it back, its times too, as a copy with
// its times does: what was sent of it before shares no row with what is accepted.
func TestFilesThatChangeAndComeBack(t *testing.T) {
	const rows = 50_000
	h := connectortest.New(t)
	var text strings.Builder
	for i := range rows {
		text.WriteString(permit(fmt.Sprintf("r%05d", i), "1990"))
	}
	data, other := text.String(), strings.ReplaceAll(text.String(), ":1990", ":1991")
	permits("d", data, rows, "").Write(t, h.Landing)
	path := filepath.Join(h.Landing, "coa", "d", "p.jsonl")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	readWhile(t, h, forRecords, func() error { return os.WriteFile(path, []byte(other), 0o600) })
	if sent := byLoad(t, h, "coa_permit"); len(sent) != 1 {
		t.Fatalf("rows of %d loads were sent before the change was noticed", len(sent))
	}
	connectortest.WriteFile(t, path, []byte(data))
	if err := os.Chtimes(path, before.ModTime(), before.ModTime()); err != nil {
		t.Fatal(err)
	}
	again := h.MustRead()
	if len(again) != 1 || again[0].Reason != "" {
		t.Fatalf("%+v", again)
	}
	sent := byLoad(t, h, "coa_permit") // which fails on two messages of one row
	if got := sent[again[0].LoadID]; len(got) != rows || len(sent) != 2 {
		t.Errorf("%d rows of the load that is accepted, %d loads", len(got), len(sent))
	}
}

// The bytes of a file are read twice.
const forDigest, forRecords = 0, 1

// readWhile reads the one delivery while something is done to its file in one of the two passes, and wants the change to be noticed.
func readWhile(t *testing.T, h *connectortest.Harness, pass int64, change func() error) {
	t.Helper()
	var once sync.Once
	r := connectors.New(connectors.Options{Publisher: h.Publisher, KeyVersions: []int{1}, Workers: 1, Log: h.Log, Progress: func(done, total int64) {
		if done <= pass*total/2 {
			return
		}
		once.Do(func() {
			if err := change(); err != nil {
				t.Error(err)
			}
		})
	}})
	found, err := r.Discover(context.Background(), h.Landing)
	if err != nil {
		t.Fatal(err)
	}
	closed, err := r.Read(context.Background(), found)
	if err == nil || !strings.Contains(err.Error(), "changed while it was read") || len(closed) > 0 {
		t.Errorf("%+v, %v", closed, err)
	}
}
