package embedded

import (
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/twmb/franz-go/pkg/sr"
)

func startRegistry(t *testing.T, dir string) (*Registry, *sr.Client) {
	t.Helper()
	r, err := StartRegistry(Options{Dir: dir, Log: testLog(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Stop)
	client, err := sr.NewClient(sr.URLs(r.URL()), sr.HTTPClient(r.Client()))
	if err != nil {
		t.Fatal(err)
	}
	return r, client
}

func register(t *testing.T, client *sr.Client, subject, record string) int {
	t.Helper()
	schema := sr.Schema{Type: sr.TypeAvro, Schema: `{"type":"record","name":"` + record + `","fields":[{"name":"x","type":"long"}]}`}
	id, err := client.RegisterSchema(t.Context(), subject, schema, -1, -1)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestRegistryKeepsIDsInTheOrderOfRegistration(t *testing.T) {
	dir := t.TempDir()
	first, client := startRegistry(t, dir)
	for want, record := range []string{"A", "B"} {
		if got := register(t, client, "doorstroom."+record+"-value", record); got != want+1 {
			t.Errorf("schema %s has id %d, want %d", record, got, want+1)
		}
	}
	if got := register(t, client, "other-value", "A"); got != 1 {
		t.Errorf("schema A under another subject has id %d, want 1", got)
	}
	first.Stop()

	// A crash in the middle of a registration leaves half a line; the next command starts all the same.
	path := filepath.Join(dir, "registry", "registrations.jsonl")
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString(`{"subject":"half`); err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	_, client = startRegistry(t, dir)
	if got := register(t, client, "doorstroom.B-value", "B"); got != 2 {
		t.Errorf("after a restart schema B has id %d, want 2", got)
	}
	if got := register(t, client, "doorstroom.C-value", "C"); got != 3 {
		t.Errorf("a new schema after a restart has id %d, want 3", got)
	}
	schema, err := client.SchemaByID(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"type":"record","name":"A","fields":[{"name":"x","type":"long"}]}`; schema.Schema != want {
		t.Errorf("schema 1 is %s", schema.Schema)
	}
}

func TestRegistryDeletesNothing(t *testing.T) {
	r, client := startRegistry(t, t.TempDir())
	register(t, client, "a-value", "A")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, r.URL()+"/subjects/a-value", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := r.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a deletion is answered with %s", response.Status)
	}
}

// TestRegistryIsBounded: neither a large schema nor very many fill the data folder.
func TestRegistryIsBounded(t *testing.T) {
	r, client := startRegistry(t, t.TempDir())
	large := sr.Schema{Type: sr.TypeAvro, Schema: `{"type":"string","doc":"` + strings.Repeat("x", maxSchemaBytes) + `"}`}
	if _, err := client.RegisterSchema(t.Context(), "large-value", large, -1, -1); err == nil || !strings.Contains(err.Error(), "MiB") {
		t.Errorf("a schema of more than a MiB: %v", err)
	}
	for i := range maxRegistrations {
		r.known[registration{Subject: strconv.Itoa(i)}] = true
	}
	schema := sr.Schema{Type: sr.TypeAvro, Schema: `"string"`}
	if _, err := client.RegisterSchema(t.Context(), "one-more-value", schema, -1, -1); err == nil || !strings.Contains(err.Error(), "as many schemas") {
		t.Errorf("one schema more than it may hold: %v", err)
	}
	if content, err := os.ReadFile(r.journal.Name()); err != nil || len(content) > 0 {
		t.Errorf("the journal holds %d bytes of what was refused: %v", len(content), err)
	}
}
