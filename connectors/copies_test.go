package connectors_test

import (
	"os"
	"path/filepath"
	"testing"

	"doorstroom/connectors"
)

// TestCopies lists what is marked as a copy and complete, and removes its files but never its manifest.
func TestCopies(t *testing.T) {
	landing := t.TempDir()
	for _, name := range []string{
		"duo/.copied/one", "duo/one/manifest.json", "duo/one/a.json", "duo/one/b.json",
		"duo/by-hand/manifest.json", "duo/by-hand/a.json",
		"coa/.copied/.two.part", "coa/.two.part/.manifest.json", "coa/.two.part/a.jsonl",
		"coa/.copied/.three.0123456789ab", "coa/.three.0123456789ab/manifest.json", "coa/.three.0123456789ab/a.jsonl",
		"coa/.copied/empty", "coa/empty/manifest.json", "coa/.copied/gone",
	} {
		path := filepath.Join(landing, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	copies, err := connectors.Copies(t.Context(), landing)
	if err != nil {
		t.Fatal(err)
	}
	if len(copies) != 2 || copies[0].Folder != ".three.0123456789ab" || copies[0].DeliveryID() != "three" || copies[1].DeliveryID() != "one" || len(copies[1].Files) != 2 {
		t.Fatalf("copies are %+v", copies)
	}
	for _, c := range copies {
		if err := connectors.RemoveFiles(landing, c); err != nil {
			t.Fatal(err)
		}
	}
	for name, there := range map[string]bool{
		"duo/one/manifest.json": true, "duo/one/a.json": false, "duo/one/b.json": false, "duo/by-hand/a.json": true, "coa/.two.part/a.jsonl": true,
		"coa/.three.0123456789ab/manifest.json": true, "coa/.three.0123456789ab/a.jsonl": false,
	} {
		if _, err := os.Stat(filepath.Join(landing, filepath.FromSlash(name))); (err == nil) != there {
			t.Errorf("%s is there: %v", name, err == nil)
		}
	}
}
