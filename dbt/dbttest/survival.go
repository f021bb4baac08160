package dbttest

import (
	_ "embed"
	"os"
	"path/filepath"
	"testing"
)

//go:embed survival/curves.py
var curvesPY []byte

// CompareCurves estimates the curves of mart time_to_event with lifelines, and gives a line for each number that differs. The
// rows are CSV as survival/curves.py reads it.
func CompareCurves(t *testing.T, rows []byte) (differences []string) {
	t.Helper()
	dir := t.TempDir()
	program, file := filepath.Join(dir, "curves.py"), filepath.Join(dir, "rows.csv")
	for name, content := range map[string][]byte{program: curvesPY, file: rows} {
		if err := os.WriteFile(name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	runPython(t, &differences, "survival", program, file)
	return differences
}
