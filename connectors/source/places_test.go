package source_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"doorstroom/connectors/source"
	"doorstroom/deploy/testservers/authoritytest"
)

// place is a real server with a supplier's folder, behind a line.
type place struct {
	folder source.Folder
	line   *line
	// put lays a file down, id/name.
	put func(name string, data []byte)
	// strange are the same settings with credentials that the server does not know.
	strange func(source.Folder) source.Folder
}

// eachPlace runs a test on a server of every kind: an SFTP server in process,
// OpenSSH's own, an S3 server and a web server.
func eachPlace(t *testing.T, test func(t *testing.T, p *place)) {
	for kind, start := range map[string]func(t *testing.T) *place{
		"sftp":    func(t *testing.T) *place { return newSSHPlace(t, goSFTP) },
		"openssh": func(t *testing.T) *place { return newSSHPlace(t, programSFTP(tool(t, "openssh", "sftp-server"))) },
		"s3":      newS3Place,
		"https":   newWebPlace,
	} {
		t.Run(kind, func(t *testing.T) { test(t, start(t)) })
	}
}

func base() source.Folder {
	return source.Folder{Supplier: "coa", Formats: []string{"jsonl"}, Tries: 3, Wait: time.Millisecond}
}

// inFolder lays files down below a folder of this machine.
func inFolder(t *testing.T, dir string) func(name string, data []byte) {
	return func(name string, data []byte) {
		t.Helper()
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func newWebPlace(t *testing.T) *place {
	dir := t.TempDir()
	files := http.FileServer(http.Dir(dir))
	a := authoritytest.New(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, _ := r.BasicAuth(); user != "doorstroom" || password != "right-password" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		files.ServeHTTP(w, r)
	}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{a.Server(t)}, MinVersion: tls.VersionTLS12}
	server.StartTLS()
	t.Cleanup(server.Close)
	p := &place{line: newLine(t, server.Listener.Addr().String())}
	p.folder = base()
	p.folder.URL = "https://" + p.line.addr + "/"
	p.folder.User, p.folder.Secret, p.folder.TLS = "doorstroom", "right-password", a.Trusted()
	put := inFolder(t, dir)
	p.put = func(name string, data []byte) {
		t.Helper()
		put(name, data)
		writeIndex(t, dir)
	}
	p.strange = func(f source.Folder) source.Folder { f.Secret = "another-password"; return f }
	writeIndex(t, dir)
	return p
}

func trust(server *httptest.Server) *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	return &tls.Config{RootCAs: pool}
}

func writeIndex(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	data, err := json.Marshal(map[string][]string{"deliveries": names})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index.json"), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// goSFTP is an SFTP server in this process.
func goSFTP(channel ssh.Channel) {
	server, err := sftp.NewServer(channel, sftp.ReadOnly())
	if err != nil {
		return
	}
	_ = server.Serve()
}

// programSFTP is OpenSSH's SFTP server in a process of its own.
func programSFTP(program string) func(ssh.Channel) {
	return func(channel ssh.Channel) {
		cmd := exec.Command(program, "-R")
		cmd.Stdout = channel
		in, err := cmd.StdinPipe()
		if err != nil || cmd.Start() != nil {
			return
		}
		_, _ = io.Copy(in, channel)
		in.Close()
		_ = cmd.Wait()
	}
}

func newSSHPlace(t *testing.T, subsystem func(ssh.Channel)) *place {
	dir := t.TempDir()
	host, _ := newKey(t)
	user, userFile := newKey(t)
	_, otherFile := newKey(t)
	config := &ssh.ServerConfig{PublicKeyCallback: func(c ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
		if c.User() != "doorstroom" || !bytes.Equal(key.Marshal(), user.PublicKey().Marshal()) {
			return nil, io.ErrUnexpectedEOF // any error is a no
		}
		return nil, nil
	}}
	config.AddHostKey(host)
	listener := listen(t)
	serve(t, listener, func(c net.Conn) { serveSSH(c, config, subsystem) })
	p := &place{line: newLine(t, listener.Addr().String()), put: inFolder(t, dir)}
	p.folder = base()
	p.folder.URL = "sftp://doorstroom@" + p.line.addr + dir
	p.folder.KeyFile, p.folder.HostKey = userFile, strings.TrimSpace(string(ssh.MarshalAuthorizedKey(host.PublicKey())))
	p.strange = func(f source.Folder) source.Folder { f.KeyFile = otherFile; return f }
	return p
}

func serveSSH(c net.Conn, config *ssh.ServerConfig, subsystem func(ssh.Channel)) {
	_, channels, requests, err := ssh.NewServerConn(c, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for n := range channels {
		channel, asked, err := n.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range asked {
				_ = r.Reply(r.Type == "subsystem", nil)
			}
		}()
		subsystem(channel)
		channel.Close()
	}
}

// newKey makes a key and a file with it.
func newKey(t *testing.T) (ssh.Signer, string) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	return signer, file
}
