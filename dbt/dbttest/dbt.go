package dbttest

import (
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/dbt"
)

// DBT runs a dbt command on the warehouse's copy of the project and returns what it printed. A file that it leaves in the
// project fails the test.
func (w *Warehouse) DBT(t *testing.T, args ...string) (string, error) {
	t.Helper()
	w.copyProject(t)
	host, port, err := net.SplitHostPort(w.server.HTTPAddr())
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), w.program, append(append([]string{"--no-use-colors"}, args...),
		"--project-dir", w.project, "--profiles-dir", w.project, "--target-path", w.work, "--log-path", w.work)...)
	cmd.Env = append(os.Environ(), "DOORSTROOM_DBT_HOST="+host, "DOORSTROOM_DBT_PORT="+port,
		"DOORSTROOM_DBT_USER="+w.server.User(), "DBT_ENV_SECRET_DOORSTROOM_PASSWORD="+w.server.Password())
	out, err := cmd.CombinedOutput()
	if left := newFiles(t, w.project); len(left) > 0 {
		t.Errorf("dbt wrote into the project: %v", left)
	}
	return string(out), err
}

func (w *Warehouse) copyProject(t *testing.T) {
	t.Helper()
	if w.project != "" {
		return
	}
	w.project, w.work = filepath.Join(w.dir, "a project"), filepath.Join(w.dir, "work")
	if err := os.CopyFS(w.project, dbt.Project); err != nil {
		t.Fatal(err)
	}
}

// Change puts another text in the place of one that stands once in a file of the warehouse's copy of the project.
func (w *Warehouse) Change(t *testing.T, file, text, instead string) {
	t.Helper()
	w.copyProject(t)
	path := filepath.Join(w.project, filepath.FromSlash(file))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), text); n != 1 {
		t.Fatalf("%q stands %d times in %s", text, n, file)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), text, instead, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// MustBuild builds the marts of an edition (yyyy-mm-dd) with all their data tests; more arguments go to dbt build.
func (w *Warehouse) MustBuild(t *testing.T, edition string, more ...string) {
	t.Helper()
	out, err := w.DBT(t, append([]string{"build", "--vars", fmt.Sprintf(`{"edition": %q}`, edition)}, more...)...)
	if err != nil {
		t.Fatalf("build of edition %s: %v\n%s", edition, err, out)
	}
}

func newFiles(t *testing.T, project string) (left []string) {
	t.Helper()
	err := filepath.WalkDir(project, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(project, path)
		if err != nil {
			return err
		}
		if _, err := fs.Stat(dbt.Project, filepath.ToSlash(name)); err != nil {
			left = append(left, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}
