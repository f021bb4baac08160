package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"regexp"
	"testing"
)

// snake is how the contract writes a key.
var snake = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

// TestKeysOfJSON: what commands print as JSON has keys as the contract has them.
// Lists that ClickHouse writes have the names of their columns.
func TestKeysOfJSON(t *testing.T) {
	landing := filepath.Join(t.TempDir(), "landing")
	records := stays(kindGood, 1, 2)
	records[1]["begindatum"] = `"sentinel"`
	file := dataFile{name: "stay.jsonl", record: "coa_stay", format: "jsonl", content: jsonLines(records), rows: 3}
	landed{supplier: "coa", id: "one", files: []dataFile{file}}.write(t, landing)
	for _, args := range [][]string{{"config", "--format", "JSON"}, {"check", "--format", "JSON", landing}} {
		var out, errs bytes.Buffer
		root := newRoot(&out, &errs)
		root.SetArgs(args)
		_ = root.Execute() // the check refuses
		var printed any
		if err := json.Unmarshal(out.Bytes(), &printed); err != nil {
			t.Fatal(err, errs.String())
		}
		if n := checkKeys(t, printed); n < 4 {
			t.Errorf("%q prints %d keys", args, n)
		}
	}
}

// checkKeys counts the keys of a value, of what lies in it too.
func checkKeys(t *testing.T, value any) (n int) {
	t.Helper()
	switch v := value.(type) {
	case []any:
		for _, of := range v {
			n += checkKeys(t, of)
		}
	case map[string]any:
		for key, of := range v {
			if n++; !snake.MatchString(key) {
				t.Errorf("the key %s", key)
			}
			n += checkKeys(t, of)
		}
	}
	return n
}
