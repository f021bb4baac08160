package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"
)

// written makes a backup of one file in a fresh folder.
func written(t *testing.T, content string, recipients ...age.Recipient) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "backup")
	f, err := Begin(dir, recipients)
	if err == nil {
		err = f.Add("warehouse", func(w io.Writer) error { _, err := io.WriteString(w, content); return err })
	}
	if err == nil {
		err = f.Finish(Manifest{Program: "test", Warehouse: Warehouse{SchemaVersion: 1}}, nil)
	}
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestBackupIsReadAsItWasWritten, and its manifest tells length and hash of what lies there.
func TestBackupIsReadAsItWasWritten(t *testing.T) {
	var told []int64
	b, err := Open(written(t, "all rows"), nil, func(done, total int64) { told = append(told, done, total) })
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte("all rows"))
	if f, there := b.File("warehouse"); !there || f.Bytes != 8 || f.SHA256 != hex.EncodeToString(sum[:]) || b.Sealed {
		t.Errorf("the manifest tells %+v", b.Manifest)
	}
	if _, there := b.File("another"); there {
		t.Error("a file is there that is none")
	}
	var got []byte
	if err := b.Extract("warehouse", func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err }); err != nil || string(got) != "all rows" {
		t.Errorf("read was %q, %v", got, err)
	}
	if len(told) == 0 || told[len(told)-2] != 8 || told[len(told)-1] != 8 {
		t.Errorf("of the progress was told %v", told)
	}
}

// TestDamagedBackupIsNotOpened: each change of the folder by its own error.
func TestDamagedBackupIsNotOpened(t *testing.T) {
	for name, c := range map[string]struct {
		file, from, to string
		want           error
		says           string
	}{
		"a byte more":           {"warehouse", "all rows", "all rows.", ErrDamaged, "has 9 bytes and had 8"},
		"a byte less":           {"warehouse", "all rows", "all row", ErrDamaged, "has 7 bytes and had 8"},
		"another byte":          {"warehouse", "all rows", "all rowz", ErrDamaged, "the bytes of warehouse changed"},
		"no manifest":           {"manifest.json", "", "", ErrNoBackup, "has no manifest.json"},
		"half a manifest":       {"manifest.json", `"format"`, `"format`, ErrDamaged, "cannot be read"},
		"of something else":     {"manifest.json", `"format": 1`, `"format": 0`, ErrNoBackup, "of something else"},
		"of a newer program":    {"manifest.json", `"format": 1`, `"format": 2`, ErrTooNew, "version test"},
		"of newer tables":       {"manifest.json", `"schema_version": 1`, `"schema_version": 9999`, ErrTooNew, "migration 9999"},
		"a file that is not":    {"manifest.json", `"name": "warehouse"`, `"name": "another"`, ErrDamaged, "another is missing"},
		"a file from elsewhere": {"manifest.json", `"name": "warehouse"`, `"name": "../warehouse"`, ErrDamaged, "outside of it"},
	} {
		dir := written(t, "all rows")
		path := filepath.Join(dir, c.file)
		content, err := os.ReadFile(path)
		if err == nil && c.from == "" {
			err = os.Remove(path)
		} else if err == nil {
			if bytes.Count(content, []byte(c.from)) != 1 {
				t.Fatalf("%s: %s does not hold %q once", name, c.file, c.from)
			}
			err = os.WriteFile(path, bytes.Replace(content, []byte(c.from), []byte(c.to), 1), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, nil, nil); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %v with %q", name, err, c.want, c.says)
		}
	}
}

// TestSealedBackupOpensForItsRecipientOnly, and is sealed where it lies.
func TestSealedBackupOpensForItsRecipientOnly(t *testing.T) {
	owner, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	dir := written(t, "all rows", owner.Recipient())
	if content, err := os.ReadFile(filepath.Join(dir, "warehouse")); err != nil || bytes.Contains(content, []byte("all rows")) {
		t.Errorf("on the disk it is not sealed (%v)", err)
	}
	if _, err := Open(dir, nil, nil); !errors.Is(err, ErrSealed) {
		t.Errorf("without an identity: %v", err)
	}
	if _, err := Open(dir, []age.Identity{other}, nil); !errors.Is(err, ErrSealed) {
		t.Errorf("with that of somebody else: %v", err)
	}
	b, err := Open(dir, []age.Identity{owner}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []byte
	if err := b.Extract("warehouse", func(r io.Reader) (err error) { got, err = io.ReadAll(r); return err }); err != nil || string(got) != "all rows" {
		t.Errorf("read was %q, %v", got, err)
	}
}

// TestUnfinishedBackupIsNone: it has no name, a second one at the same place is refused, and what was left goes.
func TestUnfinishedBackupIsNone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "backup")
	f, err := Begin(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Add("warehouse", func(w io.Writer) error { _, err := io.WriteString(w, "half"); return err }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("before its end it has its name: %v", err)
	}
	if _, err := Begin(dir, nil); err == nil || !strings.Contains(err.Error(), "another command is writing") {
		t.Errorf("a second one at the same place: %v", err)
	}
	// What is written is read again: a disk that lost it is noticed.
	hidden := filepath.Join(filepath.Dir(dir), ".backup.unfinished")
	if err := os.WriteFile(filepath.Join(hidden, "warehouse"), []byte("hall"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Finish(Manifest{}, nil); !errors.Is(err, ErrDamaged) {
		t.Errorf("with other bytes on the disk it ends with %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) > 0 {
		t.Errorf("left is %v, %v", left, err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(dir, nil); err == nil || !strings.Contains(err.Error(), "is not empty") {
		t.Errorf("over something else: %v", err)
	}
}
