package dbt_test

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

// marts are all tables that a build makes, by the names that the report and analysts use.
var marts = []string{
	"azc_work", "bijstand_by_month", "bijstand_exit", "cohort_by_k", "data_quality", "deliveries", "editions", "linkage",
	"milestone_by_cohort", "person_linkage", "quarantine_by_rule", "stage_by_month", "waiting_time", "work_by_month",
}

// dbt runs a dbt command on the embedded project and returns what it printed.
func (w *testWarehouse) dbt(t *testing.T, args ...string) (string, error) {
	t.Helper()
	project, work := filepath.Join(t.TempDir(), "a project"), t.TempDir()
	if err := os.CopyFS(project, dbt.Project); err != nil {
		t.Fatal(err)
	}
	host, port, err := net.SplitHostPort(w.server.HTTPAddr())
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), w.program, append(append([]string{"--no-use-colors"}, args...),
		"--project-dir", project, "--profiles-dir", project, "--target-path", work, "--log-path", work)...)
	cmd.Env = append(os.Environ(), "DOORSTROOM_DBT_HOST="+host, "DOORSTROOM_DBT_PORT="+port,
		"DOORSTROOM_DBT_USER="+w.server.User(), "DOORSTROOM_DBT_PASSWORD="+w.server.Password())
	out, err := cmd.CombinedOutput()
	if left := newFiles(t, project); len(left) > 0 {
		t.Errorf("dbt wrote into the project: %v", left)
	}
	return string(out), err
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

func (w *testWarehouse) mustBuild(t *testing.T, edition string, more ...string) {
	t.Helper()
	out, err := w.dbt(t, append([]string{"build", "--vars", fmt.Sprintf(`{"edition": %q}`, edition)}, more...)...)
	if err != nil {
		t.Fatalf("build of edition %s: %v\n%s", edition, err, out)
	}
}

// contents is, per mart, rows and a hash of the edition's rows.
func (w *testWarehouse) contents(t *testing.T, edition string) map[string][2]uint64 {
	t.Helper()
	found := map[string][2]uint64{}
	for _, mart := range marts {
		from := " FROM marts." + mart + " WHERE edition = '" + edition + "'"
		found[mart] = [2]uint64{w.number(t, "SELECT count()"+from), w.number(t, "SELECT sum(sipHash64(toJSONString(tuple(*))))"+from)}
	}
	return found
}

// TestBuild builds two editions, with every data test and unit test, and holds that a build replaces its own edition only.
func TestBuild(t *testing.T) {
	w := startWarehouse(t)
	ops, err := os.ReadFile("testdata/ops.sql")
	if err != nil {
		t.Fatal(err)
	}
	w.script(t, string(ops))
	w.fill(t, "2026-05-31", "400")
	w.fill(t, "2026-06-30", "500")
	w.mustBuild(t, "2026-05-31")
	before := w.contents(t, "2026-05-31")
	for mart, rows := range before {
		if rows[0] == 0 {
			t.Errorf("mart %s is empty", mart)
		}
	}

	w.mustBuild(t, "2026-06-30", "--exclude-resource-type", "unit_test")
	if after := w.contents(t, "2026-05-31"); fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("building another edition changed this one:\n%v\n%v", before, after)
	}
	if n := w.number(t, "SELECT persons FROM marts.editions WHERE edition = '2026-06-30'"); n != 500 {
		t.Errorf("edition 2026-06-30 has %d persons, want 500", n)
	}
	if n := w.number(t, "SELECT count() FROM marts.deliveries WHERE edition = '2026-05-31' AND outcome = 'held'"); n != 1 {
		t.Errorf("%d deliveries are held, want 1", n)
	}
	if n := w.number(t, "SELECT count() FROM system.databases WHERE name IN ('staging', 'intermediate', 'marts')"); n != 3 {
		t.Errorf("%d of the databases staging, intermediate and marts are there", n)
	}

	t.Run("again with nothing left of a mart", func(t *testing.T) {
		w.script(t, "DELETE FROM ops.source_linkage WHERE edition = '2026-05-31'")
		w.mustBuild(t, "2026-05-31", "--exclude-resource-type", "unit_test")
		after := w.contents(t, "2026-05-31")
		if after["linkage"][0] != 0 {
			t.Errorf("mart linkage keeps %d rows of an edition that has none", after["linkage"][0])
		}
		after["linkage"] = before["linkage"]
		if fmt.Sprint(after) != fmt.Sprint(before) {
			t.Errorf("the same facts gave other marts:\n%v\n%v", before, after)
		}
	})
	t.Run("a hole in the facts is found", func(t *testing.T) {
		w.script(t, `DELETE FROM facts.month_status WHERE edition = '2026-06-30' AND month = '2020-05-01'`)
		out, err := w.dbt(t, "build", "--exclude-resource-type", "unit_test", "--vars", `{"edition": "2026-06-30"}`)
		if err == nil || !strings.Contains(out, "months_of_a_person_have_no_gap") {
			t.Errorf("error = %v\n%s", err, out)
		}
	})
	t.Run("no edition given", func(t *testing.T) {
		out, err := w.dbt(t, "build")
		if err == nil || !strings.Contains(out, "no edition given") {
			t.Errorf("error = %v\n%s", err, out)
		}
	})
}
