package embedded

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLogComesBackAsItWas keeps messages, committed offsets and schema ids, and leaves the passwords of earlier versions behind.
func TestLogComesBackAsItWas(t *testing.T) {
	o := testOptions(t, t.TempDir())
	k := startKafka(t, o)
	client := kafkaClient(t, k.Dial)
	createTopic(t, client, 1)
	produce(t, client, 50)
	commit(t, k.Dial, 20)
	k.Stop()
	registry, schemas := startRegistry(t, o.Dir)
	register(t, schemas, "a-value", "A")
	want := register(t, schemas, "b-value", "B")
	registry.Stop()

	for name := range logins {
		if err := os.WriteFile(filepath.Join(o.Dir, filepath.FromSlash(name)), []byte("an old password"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var archive bytes.Buffer
	if err := WriteLog(o.Dir, &archive); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(archive.Bytes(), []byte("an old password")) {
		t.Error("a password is in the archive")
	}
	data := t.TempDir()
	if err := ReadLog(data, &archive); err != nil {
		t.Fatal(err)
	}
	k = startKafka(t, testOptions(t, data))
	client = kafkaClient(t, k.Dial)
	for name := range logins {
		if _, err := os.Stat(filepath.Join(data, filepath.FromSlash(name))); !os.IsNotExist(err) {
			t.Errorf("%s is there: %v", name, err)
		}
	}
	if last, at := lastOffset(t, client), committed(t, client); last != 50 || at != 20 {
		t.Errorf("restored are %d messages with the group at %d, want 50 and 20", last, at)
	}
	_, schemas = startRegistry(t, data)
	if got := register(t, schemas, "b-value", "B"); got != want {
		t.Errorf("the schema has id %d, and had %d", got, want)
	}
}

// TestLogStaysInItsFolders refuses an archive that would write elsewhere.
func TestLogStaysInItsFolders(t *testing.T) {
	for _, name := range []string{"../kafka/x", "/kafka/x", "kafka/../../x", "kafka/../lock", "clickhouse/config.xml", "lock"} {
		var archive bytes.Buffer
		out := tar.NewWriter(&archive)
		if err := out.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o600}); err != nil {
			t.Fatal(err)
		}
		if err := out.Close(); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		err := ReadLog(filepath.Join(dir, "data"), &archive)
		if err == nil || !strings.Contains(err.Error(), "does not belong there") {
			t.Errorf("%s: %v", name, err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("%s was written: %v %v", name, entries, err)
		}
	}
}
