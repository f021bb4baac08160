package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"doorstroom/cmd/doorstroom/internal/app"
	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/pipelines/backup"
)

// backupDay is after the deliveries that the backup knows and before those that come later.
const backupDay = "2026-02-10"

// halfWay is a delivery of UWV that is being loaded when the backup is made.
const halfWay = "uwv-2026-01-20-mutatie"

// TestBackupIsRehearsed loses a warehouse and brings it back. It was backed up in the middle of everything: after a load
// that was killed, and with a delivery half loaded. What is restored must be what was there; and with the landing folder
// it must become what a warehouse is that nothing happened to.
func TestBackupIsRehearsed(t *testing.T) {
	t.Parallel()
	all := newSupply(t)
	calm, landing, _ := finishedWarehouse(t)
	want, decided := calm.contents(laterDay), decisionsOf(calm)

	u := newUser(t)
	known := slices.DeleteFunc(all.upTo(backupDay), func(id string) bool { return id == "uwv/"+halfWay })
	u.run("run", "--landing", all.landing(t, known...), "--as-of", laterDay).exits(0)
	u.loads(all.landing(t, "uwv/"+halfWay))
	halfLoaded(u, "uwv", halfWay)
	u.breakOff("read and load ...", []string{"run", "--landing", landing, "--only", "load"}, func(cmd *exec.Cmd) { send(t, cmd.Process.Pid, syscall.SIGKILL) })
	before := u.run("editions").exits(0).out
	out := filepath.Join(t.TempDir(), "backups", "first")
	u.run("backup", "--out", out).exits(0)
	if after := u.run("editions").exits(0).out; after != before {
		t.Errorf("the backup changed the facts from\n%s\nto\n%s", before, after)
	}
	assertBackup(t, u, out)
	u.loads(landing)
	u.builds(laterDay)

	restored := newUser(t)
	restored.run("restore", "--from", out).exits(0)
	ends := func(t *testing.T, r *user) {
		t.Helper()
		r.loads(landing)
		r.builds(laterDay)
		r.has(laterDay, want)
		if got := decisionsOf(r); !maps.Equal(got, decided) {
			t.Errorf("the deliveries are %v, want %v", got, decided)
		}
		r.run("deliveries", "--detail").exits(0)
	}
	t.Run("as it was", func(t *testing.T) {
		r := restored.copied(t)
		if got := r.run("editions").exits(0).out; got != before {
			t.Errorf("restored is\n%s\nand backed up was\n%s", got, before)
		}
		reportOf(t, r, laterDay)
		person := r.value("SELECT min(person_id) FROM facts.person")
		r.withInput(person, "explain", "--edition", laterDay).exits(0)
		if noted := r.value("SELECT concat(action, ' ', subject) FROM ops.operator_action"); !strings.HasPrefix(noted, "restore backup of 20") {
			t.Errorf("noted is %q, want the restore alone", noted)
		}
		assertOnlyInWarehouse(t, r.data)
		ends(t, r)
	})
	t.Run("with a log of a later moment", func(t *testing.T) {
		r := restored.copied(t)
		r.takesLogOf(u)
		ends(t, r)
	})
	t.Run("with a log that is lost", func(t *testing.T) {
		r := restored.copied(t)
		for _, name := range []string{"kafka", "registry"} {
			if err := os.RemoveAll(filepath.Join(r.data, name)); err != nil {
				t.Fatal(err)
			}
		}
		ends(t, r)
	})
	if said := u.run("doctor").out; !strings.Contains(said, out) {
		t.Errorf("doctor does not say where the last backup is:\n%s", said)
	}
}

// decisionsOf gives what was decided about each delivery.
func decisionsOf(u *user) map[string]delivered {
	list := map[string]delivered{}
	for id, attempts := range u.deliveries() {
		list[id] = attempts[0]
	}
	return list
}

// halfLoaded takes the decision about a delivery away, and every second row, as when it was being loaded.
func halfLoaded(u *user, supplier, id string) {
	u.t.Helper()
	load := u.value("SELECT toString(load_id) FROM ops.load FINAL WHERE supplier = '" + supplier + "' AND delivery_id = '" + id + "'")
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		for _, statement := range []string{
			"ALTER TABLE ops.delivery DELETE WHERE supplier = '" + supplier + "' AND delivery_id = '" + id + "'",
			"ALTER TABLE ops.load DELETE WHERE load_id = " + load,
			"ALTER TABLE ops.delivery_record DELETE WHERE load_id = " + load,
			"ALTER TABLE ops.delivery_file DELETE WHERE load_id = " + load,
			"ALTER TABLE raw.uwv_employment DELETE WHERE load_id = " + load + " AND row_no % 2 = 0",
		} {
			if err := e.Warehouse.Exec(ctx, statement+" SETTINGS mutations_sync = 2"); err != nil {
				return err
			}
		}
		return nil
	})
	if n := u.value("SELECT count() > 0 FROM raw.uwv_employment WHERE load_id = " + load); n != "true" && n != "1" {
		u.t.Fatalf("no row is left of the delivery that is to be half loaded")
	}
}

// takesLogOf puts the Kafka and the registry of another data folder in place of one's own, as on servers, where they live on.
func (u *user) takesLogOf(other *user) {
	u.t.Helper()
	for _, name := range []string{"kafka", "registry"} {
		if err := os.RemoveAll(filepath.Join(u.data, name)); err != nil {
			u.t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(u.data, name), os.DirFS(filepath.Join(other.data, name))); err != nil {
			u.t.Fatal(err)
		}
	}
}

// assertBackup checks rights, the manifest, and that no password got in.
func assertBackup(t *testing.T, u *user, out string) {
	t.Helper()
	list := map[string]fs.FileMode{}
	for _, dir := range []string{filepath.Dir(out), out} {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			info, err := e.Info()
			if err != nil {
				t.Fatal(err)
			}
			list[e.Name()] = info.Mode().Perm()
		}
	}
	if want := map[string]fs.FileMode{"first": 0o700, "manifest.json": 0o600, "warehouse.tar": 0o600, "log.tar": 0o600}; !maps.Equal(list, want) {
		t.Errorf("the backup holds %v, want %v", list, want)
	}
	content, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m backup.Manifest
	if err := json.Unmarshal(content, &m); err != nil {
		t.Fatal(err)
	}
	newest, err := backup.NewestSchema()
	if err != nil {
		t.Fatal(err)
	}
	if m.Program != app.Version || m.SchemaVersion != newest || m.Sealed || len(m.Files) != 2 {
		t.Errorf("the manifest says version %s, migration %d, %d files", m.Program, m.SchemaVersion, len(m.Files))
	}
	rows := map[string]string{}
	for _, r := range u.run("editions", "--format", "CSV").exits(0).rows() {
		rows[r[1]] = r[3]
	}
	for _, e := range m.Editions {
		if rows[e.Table] != e.Hash {
			t.Errorf("the manifest has hash %s of %s, editions has %s", e.Hash, e.Table, rows[e.Table])
		}
	}
	if len(m.Editions) != len(rows) {
		t.Errorf("the manifest has %d tables of editions, want %d", len(m.Editions), len(rows))
	}
	for _, file := range []string{"manifest.json", "warehouse.tar", "log.tar"} {
		content, err := os.ReadFile(filepath.Join(out, file))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), "password") {
			t.Errorf("%s holds a password, or the word", file)
		}
	}
}
