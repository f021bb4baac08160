package migrations_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"testing"

	"doorstroom/schemas/migrations"
)

// TestLandedMigrationsStay holds every migration to the checksum that it landed with: warehouses that exist have applied
// it and never do again. The list is written by go generate ./schemas, which only adds to it.
func TestLandedMigrationsStay(t *testing.T) {
	list, err := os.ReadFile("landed.sha256")
	if err != nil {
		t.Fatal(err)
	}
	files, err := migrations.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	listed := make(map[string]bool)
	for line := range strings.Lines(string(list)) {
		sum, name, ok := strings.Cut(strings.TrimSpace(line), "  ")
		if !ok || listed[name] {
			t.Fatalf("line %q of landed.sha256 is not a checksum, two blanks and a file of its own", line)
		}
		listed[name] = true
		text, err := migrations.FS.ReadFile(name)
		if err != nil {
			t.Errorf("%s landed and is gone: %v", name, err)
			continue
		}
		if got := sha256.Sum256(text); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s changed after it had landed: restore it, and write the next number instead", name)
		}
	}
	for _, f := range files {
		if !listed[f.Name()] {
			t.Errorf("%s is not in landed.sha256: run go generate ./schemas", f.Name())
		}
	}
	if len(listed) < 13 {
		t.Errorf("landed.sha256 lists %d migrations; 13 had landed when it was begun", len(listed))
	}
}
