package marts

import (
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/deploy/embedded"
	"doorstroom/deploy/testservers/authoritytest"
	"doorstroom/deploy/testservers/clickhousetest"
)

// TestDBTGetsNothingOfOurs but what it needs, and its connection.
func TestDBTGetsNothingOfOurs(t *testing.T) {
	for _, name := range []string{"DOORSTROOM_KAFKA_PASSWORD", "DOORSTROOM_DUO_CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY", "PYTHONPATH", "DBT_TARGET", "HTTPS_PROXY"} {
		t.Setenv(name, "sentinel")
	}
	t.Setenv("PATH", "/of/the/test")
	d := &DBT{Dir: t.TempDir(), HTTPAddr: "127.0.0.1:1", User: "u", Password: "p"}
	environment, err := d.environment()
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(environment, "\n")
	if strings.Contains(all, "sentinel") || !strings.Contains(all, "PATH=/of/the/test") {
		t.Errorf("dbt gets\n%s", all)
	}
}

// TestDBTTrustsOurCA: that of the settings and no other, as the program itself does.
func TestDBTTrustsOurCA(t *testing.T) {
	tools, err := embedded.FindTools("", os.Getenv("DOORSTROOM_DBT"))
	if err != nil {
		t.Fatal(err)
	}
	server := clickhousetest.Start(t)
	ours, others := authoritytest.New(t), authoritytest.New(t)
	d := &DBT{Program: tools.DBT, Dir: t.TempDir(), User: server.User(), Password: server.Password(), TLS: true}
	d.HTTPAddr = overTLS(t, ours, server.HTTPAddr())
	for authority, want := range map[*authoritytest.Authority]bool{ours: true, others: false} {
		d.CA = filepath.Join(t.TempDir(), "ca.pem")
		if err := os.WriteFile(d.CA, authority.PEM(), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, ok := connects(t, d); ok != want {
			t.Errorf("with the server's authority %t: connected is %t\n%s", want, ok, out)
		}
	}
}

// overTLS has a server answer over TLS too, and gives that address.
func overTLS(t *testing.T, a *authoritytest.Authority, addr string) string {
	t.Helper()
	listener, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{Certificates: []tls.Certificate{a.Server(t)}})
	if err != nil {
		t.Fatal(err)
	}
	front := &http.Server{Handler: httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: addr})}
	go func() { _ = front.Serve(listener) }()
	t.Cleanup(func() { _ = front.Close() })
	return listener.Addr().(*net.TCPAddr).String()
}

// connects has dbt try its connection.
func connects(t *testing.T, d *DBT) (out string, ok bool) {
	t.Helper()
	project := filepath.Join(d.Dir, "project")
	if err := unpack(project); err != nil {
		t.Fatal(err)
	}
	environment, err := d.environment()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), d.Program, "--no-use-colors", "debug", "--connection", "--project-dir", project, "--profiles-dir", project,
		"--log-path", filepath.Join(d.Dir, "logs"))
	cmd.Dir, cmd.Env = project, environment
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	err = cmd.Run()
	return said.String(), err == nil
}
