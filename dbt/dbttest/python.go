package dbttest

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// runPython runs a program with the Python of a folder under .tools, and reads the JSON that it prints.
func runPython(t *testing.T, found any, tools string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), python(t, tools), args...)
	var problem bytes.Buffer
	cmd.Stderr = &problem
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(args[0]), err, problem.String())
	}
	decoder := json.NewDecoder(bytes.NewReader(out))
	decoder.UseNumber()
	if err := decoder.Decode(found); err != nil {
		t.Fatal(err)
	}
}

// python is the Python that make put into a folder under .tools, with the packages that are beside it.
func python(t *testing.T, tools string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; ; dir = filepath.Dir(dir) {
		program := filepath.Join(dir, ".tools", tools, "bin", "python")
		if _, err := os.Stat(program); err == nil {
			return program
		}
		if dir == filepath.Dir(dir) {
			t.Fatalf("the Python of .tools/%s is not installed: run 'make tools'", tools)
		}
	}
}
