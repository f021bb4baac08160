package kafkatest

import (
	"crypto/tls"
	"os"
	"path/filepath"
	"testing"

	"doorstroom/deploy/testservers/authoritytest"
)

// certify makes an authority, writes its certificate to CAFile, gives each
// broker a key store of its own, and tells how a client trusts them.
func (c *Cluster) certify(t testing.TB) *tls.Config {
	t.Helper()
	a := authoritytest.New(t)
	save(t, c.CAFile, a.PEM())
	for _, b := range c.brokers {
		own, key := a.ServerPEM(t)
		b.keystore = filepath.Join(b.dir, "keystore.pem")
		save(t, b.keystore, append(key, own...))
	}
	return a.Trusted()
}

func save(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
