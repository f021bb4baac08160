package marts

import (
	"os"
	"path/filepath"
	"testing"
)

// TestUnpackLeavesNoOldModel: a model of an older project would be built too.
func TestUnpackLeavesNoOldModel(t *testing.T) {
	dir := t.TempDir()
	if err := unpack(dir); err != nil {
		t.Fatal(err)
	}
	old := filepath.Join(dir, "models", "marts", "no_longer_there.sql")
	if err := os.WriteFile(old, []byte("select 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := unpack(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Errorf("a model that the project does not have is still there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "dbt_project.yml")); err != nil {
		t.Errorf("the project is not unpacked: %v", err)
	}
}
