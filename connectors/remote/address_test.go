package remote_test

import (
	"strings"
	"testing"

	"doorstroom/connectors/remote"
)

// TestInClear: loopback in every form stays on the machine; whatever only looks like it does not.
func TestInClear(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1:80/a": false, "http://127.255.0.9": false, "http://[::1]/": false, "http://[::1%25lo]:80": false,
		"[::1%lo]:9092": false, "[::ffff:127.0.0.1]:1": false, "::1": false, "localhost": false, "LocalHost.:1": false, "http://localhost": false,
		"https://duo.nl": false, "HTTPS://duo.nl": false, "sftp://duo.nl": false, "s3://bucket": false,
		"http://duo.nl": true, "HTTP://duo.nl": true, "duo.nl:8081": true, "duo.nl": true, "http://0.0.0.0": true, "[::]:80": true,
		"http://localhost.nl": true, "http://127.0.0.1.nl": true, "http://localhost:80@duo.nl/": true, "http://localhost@duo.nl": true,
		"http://127.1": true, "http://2130706433": true, "": true,
	} {
		if got := remote.InClear(address, false); got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
	if remote.InClear("duo.nl:9093", true) || !remote.InClear("http://duo.nl", true) {
		t.Error("TLS counts for host:port, and the scheme for a URL")
	}
}

// TestHoldsPassword knows a password in every place that an address has.
func TestHoldsPassword(t *testing.T) {
	for _, text := range []string{
		"https://user:geheim@host", "https://user:geheim@host:443/path", "https://token@host", "http://:geheim@host", "user:geheim@host:9092",
		"sftp://user:geheim@host/path", "https://user:geh/eim@host", "https://user:geh?eim@host", "https://user:geh#eim@host", "https://user:geh@eim@host",
		"s3://key:geheim@bucket", "s3://bucket?endpoint=https://user:geheim@host", "s3://bucket?endpoint=https%3A%2F%2Fuser%3Ageheim%40host", "https://user:%zz@host",
	} {
		if !remote.HoldsPassword(text) {
			t.Errorf("%s passes", text)
		}
		if _, err := remote.Base(text, true); err == nil || strings.Contains(err.Error(), "geh") || strings.Contains(err.Error(), "token") {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, text := range []string{
		"", "https://host", "https://host:443/a@b", "sftp://user@host:22/~/path", "host:9000", "kafka-1:9092", "s3://bucket/prefix?endpoint=https://host:9&region=eu",
		"/data/a:b@c", "./data", "ssh-ed25519 AAAAC3Nz a.person@machine", "ssh-ed25519 AAAA/C3N+z/a= a.person@machine", "[::1]:9000",
	} {
		if remote.HoldsPassword(text) {
			t.Errorf("%s does not pass", text)
		}
	}
}

// TestBase takes addresses of services, over TLS or as it is allowed.
func TestBase(t *testing.T) {
	for address, fine := range map[string]bool{
		"https://host/base": true, "http://127.0.0.1:8080": true, "http://[::1]:8080/x": true, "http://host": false, "host": false, "ftp://host": false,
		"": false, "https://": false, "https://host?token=x": false, "https://host#x": false, "https://user@host": false, "https://ho st": false, "//host": false,
	} {
		if _, err := remote.Base(address, false); (err == nil) != fine {
			t.Errorf("%s: %v", address, err)
		}
	}
	if _, err := remote.Base("http://host", true); err != nil {
		t.Errorf("clear text that is allowed: %v", err)
	}
	if _, err := remote.Base("http://host", false); err == nil || !strings.Contains(err.Error(), remote.AllowClearText) {
		t.Errorf("clear text: %v", err)
	}
}
