package main

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// remoteFolder serves a supplier's folder over HTTPS, by a password, and gives
// the settings with which it is read.
func remoteFolder(t *testing.T, dir string) (server *httptest.Server, env []string) {
	t.Helper()
	files := http.FileServer(http.Dir(dir))
	server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "doorstroom" || password != "a-password" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		files.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}
	if err := os.WriteFile(ca, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	return server, []string{
		"DOORSTROOM_SOURCE_COA_URL=" + server.URL, "DOORSTROOM_SOURCE_COA_USER=doorstroom",
		"DOORSTROOM_SOURCE_COA_SECRET=a-password", "DOORSTROOM_SOURCE_COA_CA=" + ca,
	}
}

// TestRunFetches a delivery that the supplier left elsewhere, and one that is
// not what its manifest says is refused once it stays so.
func TestRunFetches(t *testing.T) {
	t.Parallel()
	dir, landing := t.TempDir(), t.TempDir()
	s := &supply{dir: dir}
	for _, id := range []string{"coa-1", "coa-2"} {
		s.participations(t, id, "2026-01-15", "mutation", []fields{participation("HAND-1", pseudonym('v', 1), pseudonym('b', 1), 1)})
	}
	if err := os.WriteFile(filepath.Join(dir, "coa", "coa-2", "participation.jsonl"), []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "coa", "index.json"), []byte(`{"deliveries":["coa-1","coa-2"]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	server, env := remoteFolder(t, filepath.Join(dir, "coa"))
	u := newUser(t).with(env...)
	load := []string{"run", "--landing", landing, "--only", "load"}
	u.run(load...).exits(0)
	if got := u.deliveries(); len(got) != 1 || got["coa/coa-1"][0].status != "accepted" {
		t.Errorf("%v", got)
	}
	u.run(load...).exits(4)
	if got := u.deliveries()["coa/coa-2"]; len(got) != 1 || got[0].reason != "size_mismatch" {
		t.Errorf("%v", got)
	}
	e := u.run("doctor").exits(0)
	if !strings.Contains(e.out, "folder of coa") || !strings.Contains(e.out, "2 deliveries") {
		t.Errorf("doctor does not say what it found:\n%s", e.out)
	}
	u.with("DOORSTROOM_SOURCE_COA_SECRET=another-password").run(load...).exits(1).says("coa", "SECRET")
	u.with("DOORSTROOM_SOURCE_UWV_URL=http://example.org/uwv").run(load...).exits(2).says("DOORSTROOM_SOURCE_UWV_URL", "https://")
	server.Close()
	e = u.run("doctor").exits(3)
	if !strings.Contains(e.out, "MISSING  folder of coa") {
		t.Errorf("doctor does not say what is missing:\n%s", e.out)
	}
}
