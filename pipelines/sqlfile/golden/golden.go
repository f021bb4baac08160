// Package golden holds rendered SQL against files that were reviewed. It is for tests.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
)

// update is set by 'go test ./pipelines/<package> -update'; then the difference is read in git diff.
var update = flag.Bool("update", false, "write testdata/*.golden.sql as it is rendered now")

// Check compares a text with testdata/<name>.golden.sql.
func Check(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden.sql")
	text += "\n"
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("%s is no longer what is rendered; if that is meant, run the test with -update and read the difference. It is now\n%s", path, text)
	}
}
