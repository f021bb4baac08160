package source_test

import (
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"

	"doorstroom/connectors/source"
)

// TestHostKey: the server's key must be the one that the settings tell.
func TestHostKey(t *testing.T) {
	p := newSSHPlace(t, goSFTP)
	files := map[string][]byte{"a.jsonl": content(1, 10)}
	m := p.deliver(t, "coa-1", files)
	right := p.folder.HostKey
	other, _ := newKey(t)
	wrong := string(ssh.MarshalAuthorizedKey(other.PublicKey()))
	p.folder.Wait = time.Hour // waiting would be in vain
	for name, c := range map[string]struct {
		hostKey, known string
		fine           bool
	}{
		"pinned":        {hostKey: right, fine: true},
		"known":         {known: knownHost(t, p, right), fine: true},
		"pinned other":  {hostKey: wrong},
		"known other":   {known: knownHost(t, p, wrong)},
		"known nowhere": {known: "example.org " + right},
	} {
		t.Run(name, func(t *testing.T) {
			q := *p
			q.folder.HostKey, q.folder.KnownHosts = c.hostKey, ""
			if c.known != "" {
				q.folder.KnownHosts = filepath.Join(t.TempDir(), "known_hosts")
				if err := os.WriteFile(q.folder.KnownHosts, []byte(c.known+"\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			landing := t.TempDir()
			err := q.fetch(t, landing)
			if c.fine {
				if err != nil {
					t.Fatal(err)
				}
				holds(t, landing, "coa-1", with(files, m))
			} else if err == nil || !strings.Contains(err.Error(), "HOST_KEY") || landedIDs(t, landing) != "" {
				t.Errorf("%v", err)
			}
		})
	}
}

func knownHost(t *testing.T, p *place, key string) string {
	t.Helper()
	public, _, _, _, err := ssh.ParseAuthorizedKey([]byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return knownhosts.Line([]string{p.line.addr}, public)
}

// TestUntrustedCertificate: a server that no known authority vouches for gets no credentials.
func TestUntrustedCertificate(t *testing.T) {
	for name, start := range map[string]func(*testing.T) *place{"https": newWebPlace, "s3": newS3Place} {
		t.Run(name, func(t *testing.T) {
			p := start(t)
			p.folder.TLS, p.folder.Wait = &tls.Config{MinVersion: tls.VersionTLS12}, time.Hour
			if err := p.fetch(t, t.TempDir()); err == nil || !strings.Contains(err.Error(), "CA names a file") {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestCheck names the settings that a folder lacks.
func TestCheck(t *testing.T) {
	_, key := newKey(t)
	for name, c := range map[string]struct {
		folder source.Folder
		want   string
	}{
		"another scheme":     {source.Folder{URL: "ftp://host/path"}, "sftp://"},
		"clear text":         {source.Folder{URL: "http://host/path"}, "https://"},
		"a password shown":   {source.Folder{URL: "https://user:word@host/path"}, "password"},
		"no user":            {source.Folder{URL: "sftp://host/path", KeyFile: key, HostKey: "x"}, "user"},
		"no key":             {source.Folder{URL: "sftp://user@host/path"}, "KEY_FILE"},
		"no host key":        {source.Folder{URL: "sftp://user@host/path", KeyFile: key}, "KNOWN_HOSTS"},
		"no access key":      {source.Folder{URL: "s3://bucket"}, "SECRET"},
		"a clear endpoint":   {source.Folder{URL: "s3://bucket?endpoint=http://host", User: "u", Secret: "s"}, "endpoint"},
		"an unknown setting": {source.Folder{URL: "s3://bucket?profile=x", User: "u", Secret: "s"}, "query"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.folder.Check()
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "word@") {
				t.Errorf("%v", err)
			}
		})
	}
}

// TestWebFolder meets what web servers may do: no ranges, busy for a while,
// a listing with paths in it, a redirect elsewhere.
func TestWebFolder(t *testing.T) {
	files := map[string][]byte{"a.jsonl": content(1, size)}
	m := manifestOf(t, "coa-1", files)
	busy, redirected := 1, false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { redirected = true }))
	defer elsewhere.Close()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/coa/index.json":
			_, _ = w.Write([]byte(`{"deliveries": ["../../etc", "coa-1/..", "", "/coa-1", "coa-1", "coa-2"]}`))
		case "/coa/coa-1/manifest.json":
			_, _ = w.Write(m)
		case "/coa/coa-1/a.jsonl":
			if busy--; busy == 0 {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			_, _ = w.Write(files["a.jsonl"]) // whole, whatever range is asked for
		case "/coa/coa-2/manifest.json":
			http.Redirect(w, r, elsewhere.URL, http.StatusFound)
		default:
			t.Errorf("asked for %s", r.URL.Path)
		}
	}))
	defer server.Close()
	p := &place{line: newLine(t, server.Listener.Addr().String()), folder: base()}
	p.folder.URL, p.folder.Secret, p.folder.TLS = "https://"+p.line.addr+"/coa", "a-token", trust(server)
	p.folder.Tries = 2
	p.line.cutAfter.Store(3 << 20)
	landing := t.TempDir()
	if err := p.fetch(t, landing); err == nil {
		t.Error("no error of a cut line")
	}
	p.line.cutAfter.Store(0)
	if err := p.fetch(t, landing); err == nil || !strings.Contains(err.Error(), "302") {
		t.Errorf("a redirect: %v", err)
	}
	holds(t, landing, "coa-1", with(files, m))
	if redirected {
		t.Error("it followed a redirect to another server")
	}
}
