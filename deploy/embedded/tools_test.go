package embedded

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindToolsLooksUpwardsUnlessToldWhere(t *testing.T) {
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(root, ".tools", "node_modules", "@chdb", libraryPackage(), "libchdb.so")
	dbt := filepath.Join(root, ".tools", "dbt", "bin", "dbt")
	below := filepath.Join(root, "some", "folder below")
	for _, dir := range []string{filepath.Dir(library), filepath.Dir(dbt), below} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{library, dbt} {
		if err := os.WriteFile(path, nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(below)
	for _, test := range []struct{ library, dbt, wantLibrary, wantDBT string }{
		{"", "", library, dbt},
		{"/set/lib.so", "", "/set/lib.so", dbt},
		{"", "/set/dbt", library, "/set/dbt"},
	} {
		got, err := FindTools(test.library, test.dbt)
		if err != nil {
			t.Fatal(err)
		}
		if got.LibCHDB != test.wantLibrary || got.DBT != test.wantDBT {
			t.Errorf("settings %q, %q give %+v", test.library, test.dbt, got)
		}
	}
}

func TestMissingToolsAreNoError(t *testing.T) {
	t.Chdir(t.TempDir())
	got, err := FindTools("", "")
	if err != nil || got != (Tools{}) {
		t.Errorf("found %+v, %v", got, err)
	}
	if err := checkLibrary(got.LibCHDB); err == nil || !strings.Contains(err.Error(), "make tools") {
		t.Errorf("a missing library is told as %v", err)
	}
}
