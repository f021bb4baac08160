package source

import (
	"os"
	"testing"
)

// TestCopiesAreTold from folders that suppliers laid down themselves, also when they get another name.
func TestCopiesAreTold(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	told := func(folder string, want bool) {
		t.Helper()
		if got, err := Copied(root, folder); err != nil || got != want {
			t.Errorf("%s is a copy: %v, %v, want %v", folder, got, err, want)
		}
	}
	told("one", false)
	for range 2 { // again is fine
		if err := markCopy(root, "one"); err != nil {
			t.Fatal(err)
		}
	}
	told("one", true)
	told("two", false)
	for _, from := range []string{"one", "two"} {
		if err := keepMark(root, from, ".old-"+from); err != nil {
			t.Fatal(err)
		}
	}
	told(".old-one", true)
	told(".old-two", false)
}
