package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"filippo.io/age"

	"doorstroom/cmd/doorstroom/internal/exit"
)

// smallWarehouse is a user with some records of COA, loaded and counted.
func smallWarehouse(t *testing.T) *user {
	t.Helper()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "few", mode: "mutation", files: []dataFile{mutations(1, 30)}}.write(t, landing)
	u.loads(landing)
	u.builds(laterDay)
	return u
}

// TestBackupsThatAreNotRestored spoils a backup in every way; none may leave anything in the data folder.
func TestBackupsThatAreNotRestored(t *testing.T) {
	t.Parallel()
	u, dir := smallWarehouse(t), t.TempDir()
	good := filepath.Join(dir, "good")
	u.run("backup", "--out", good).exits(0)
	u.run("backup", "--out", good).exits(1).says("not empty", "--out")
	u.run("restore", "--from", good).exits(3).says(u.data, "in use", "--data")
	for name, test := range map[string]struct {
		spoil func(dir string) error
		says  string
	}{
		"a bit": {func(dir string) error {
			return change(filepath.Join(dir, "warehouse.tar"), func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
		}, "the bytes of warehouse.tar changed"},
		"cut off": {func(dir string) error {
			return change(filepath.Join(dir, "log.tar"), func(b []byte) []byte { return b[:len(b)-1] })
		}, "log.tar has"},
		"a file lacks":     {func(dir string) error { return os.Remove(filepath.Join(dir, "log.tar")) }, "log.tar is missing"},
		"no manifest":      {func(dir string) error { return os.Remove(filepath.Join(dir, "manifest.json")) }, "no backup"},
		"half a manifest":  {manifest(func(b []byte) []byte { return b[:len(b)/2] }), "manifest.json cannot be read"},
		"of something":     {manifest(func([]byte) []byte { return []byte(`{"supplier": "coa", "files": []}`) }), "no backup"},
		"of a newer table": {manifest(replace(`"schema_version": `, `"schema_version": 9`)), "newer doorstroom"},
		"of a newer form":  {manifest(replace(`"format": 1`, `"format": 2`)), "newer doorstroom"},
		"a way out":        {manifest(replace(`"log.tar"`, `"../log.tar"`)), "outside"},
		"other rows":       {manifest(replace(`"rows": 30`, `"rows": 31`)), "is not the one that was backed up: facts_store.milestone, facts_store.person, raw.coa_stay"},
	} {
		t.Run(name, func(t *testing.T) {
			from := filepath.Join(t.TempDir(), "backup")
			if err := os.CopyFS(from, os.DirFS(good)); err != nil {
				t.Fatal(err)
			}
			if err := test.spoil(from); err != nil {
				t.Fatal(err)
			}
			r := newUser(t)
			r.run("restore", "--from", from).exits(1).says(test.says)
			assertUnused(t, r)
		})
	}
	r := newUser(t)
	r.run("restore", "--from", good).exits(0)
	if got, want := r.run("editions").exits(0).out, u.run("editions").exits(0).out; got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
}

func change(path string, how func([]byte) []byte) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, how(content), 0o600)
}

func manifest(how func([]byte) []byte) func(string) error {
	return func(dir string) error { return change(filepath.Join(dir, "manifest.json"), how) }
}

// replace puts another text in place of the one that it must find.
func replace(old, other string) func([]byte) []byte {
	return func(b []byte) []byte {
		if !bytes.Contains(b, []byte(old)) {
			panic("the manifest does not hold " + old)
		}
		return bytes.ReplaceAll(b, []byte(old), []byte(other))
	}
}

// assertUnused checks that nothing is in a data folder but its lock.
func assertUnused(t *testing.T, u *user) {
	t.Helper()
	entries, err := os.ReadDir(u.data)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() != "lock" {
			t.Errorf("%s is left in the data folder", e.Name())
		}
	}
}

// TestSealedBackup seals a backup for one key: without it there is nothing to read.
func TestSealedBackup(t *testing.T) {
	t.Parallel()
	u, dir := smallWarehouse(t), t.TempDir()
	write := func(name string) (path, recipient string) {
		key, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		path = filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(key.String()+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path, key.Recipient().String()
	}
	mine, recipient := write("mine")
	other, _ := write("other")
	open, sealed := filepath.Join(dir, "open"), filepath.Join(dir, "sealed")
	u.run("backup", "--out", sealed, "--recipient", "nobody").exits(exit.CodeUsage).says("--recipient")
	u.run("backup", "--out", open).exits(0)
	u.run("backup", "--out", sealed, "--recipient", recipient).exits(0)
	for path, clear := range map[string]bool{open: true, sealed: false} {
		for _, name := range []string{"warehouse.tar", "log.tar"} {
			content, err := os.ReadFile(filepath.Join(path, name))
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Contains(content, []byte("coa_stay")); got != clear {
				t.Errorf("%s of %s can be read: %t", name, filepath.Base(path), got)
			}
		}
	}
	r := newUser(t)
	r.run("restore", "--from", sealed).exits(1).says("sealed", "--identity")
	r.run("restore", "--from", sealed, "--identity", other).exits(1).says("another recipient", "--identity")
	r.run("restore", "--from", sealed, "--identity", sealed+"/manifest.json").exits(exit.CodeUsage).says("age identity")
	assertUnused(t, r)
	r.run("restore", "--from", sealed, "--identity", mine).exits(0)
	if got, want := r.run("editions").exits(0).out, u.run("editions").exits(0).out; got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
}

// TestKilledBackup kills backups and restores in every stage; the next try must work, and until then nobody may take
// what is half for whole.
func TestKilledBackup(t *testing.T) {
	t.Parallel()
	u, dir := smallWarehouse(t), t.TempDir()
	out := filepath.Join(dir, "backup")
	kill := func(cmd *exec.Cmd) { send(t, cmd.Process.Pid, syscall.SIGKILL) }
	for _, stage := range []string{"ClickHouse's backup ...", "copying ...", "reading again ..."} {
		u.breakOff(stage, []string{"backup", "--out", out}, kill)
		if _, err := os.Stat(out); err == nil { // it was done before the kill: then it is whole
			newUser(t).run("restore", "--from", out).exits(0)
			if err := os.RemoveAll(out); err != nil {
				t.Fatal(err)
			}
		}
	}
	u.breakOff("copying ...", []string{"backup", "--out", out}, func(cmd *exec.Cmd) { send(t, cmd.Process.Pid, syscall.SIGINT) })
	if err := os.RemoveAll(out); err != nil { // there if the interrupt came after its end
		t.Fatal(err)
	}
	u.run("backup", "--out", out).exits(0)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the backup there is something: %v %v", entries, err)
	}
	if left, err := os.ReadDir(filepath.Join(u.data, "clickhouse", "backups")); err != nil || len(left) > 0 {
		t.Errorf("in the data folder is left: %v %v", left, err)
	}

	r := newUser(t)
	for _, stage := range []string{"copying ...", "ClickHouse's restore ..."} {
		r.breakOff(stage, []string{"restore", "--from", out}, kill)
		r.run("editions").exits(3).says("restore", "broken off", r.data)
	}
	r.run("restore", "--from", out).exits(0)
	if got, want := r.run("editions").exits(0).out, u.run("editions").exits(0).out; got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
}

// TestBackupOnFullDisks fills the disk of the backup, and that of the data folder it is restored to.
func TestBackupOnFullDisks(t *testing.T) {
	t.Parallel()
	if !mayMount(t) {
		return
	}
	disk := smallDisk(t, "size=1m")
	u := smallWarehouse(t)
	out := filepath.Join(disk, "backup")
	filler := fill(t, disk, 64<<10)
	u.run("backup", "--out", out).exits(3).says("no space left", "backup", disk, "--out")
	if entries, err := os.ReadDir(disk); err != nil || len(entries) != 1 {
		t.Errorf("a backup that failed left something: %v %v", entries, err)
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	resize(t, disk, "size=64m")
	u.run("backup", "--out", out).exits(0)

	full := smallDisk(t, "size=12m")
	r := newUser(t)
	r.data = filepath.Join(full, "data")
	filler = fill(t, full, 400<<10)
	if e := r.run("restore", "--from", out).exits(3); !strings.Contains(e.err, "space") {
		t.Errorf("the restore does not say that the disk is full:\n%s", e.err)
	}
	assertUnused(t, r)
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	resize(t, full, "size=256m")
	r.run("restore", "--from", out).exits(0)
	if got, want := r.run("editions").exits(0).out, u.run("editions").exits(0).out; got != want {
		t.Errorf("restored is\n%s\nwant\n%s", got, want)
	}
}
