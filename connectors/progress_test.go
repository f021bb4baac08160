package connectors_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"doorstroom/connectors"
	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// TestProgressOfVastFiles: whoever waits for the digest of a file, which nothing but its size bounds, sees how far it is, and
// what a file adds up to whatever became of it is what was announced. The file has room on no disk.
func TestProgressOfVastFiles(t *testing.T) {
	const size = 64 << 20
	h := connectortest.New(t)
	d := permits("d", permit("a", "1990"), 1, "")
	d.Change = func(manifest map[string]any) { manifest["files"].([]any)[0].(map[string]any)["bytes"] = size }
	d.Write(t, h.Landing)
	path := filepath.Join(h.Landing, "coa", "d", "p.jsonl")
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
	var told int
	var last, most int64
	r := connectors.New(connectors.Options{KeyVersions: []int{1}, Workers: 1, Log: h.Log, Progress: func(done, total int64) {
		told, last, most = told+1, done, total
	}})
	found, err := r.Discover(context.Background(), h.Landing)
	if err != nil {
		t.Fatal(err)
	}
	closed, err := r.Check(context.Background(), found, func(schemas.Quarantined) {})
	if err != nil || len(closed) != 1 || closed[0].Reason != schemas.HashMismatch {
		t.Fatalf("%+v, %v", closed, err)
	}
	if told < 16 || last != most || most != 2*size {
		t.Errorf("told %d times, at last %d of %d, want %d", told, last, most, 2*size)
	}
}
