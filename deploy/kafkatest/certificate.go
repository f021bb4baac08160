package kafkatest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// certify makes an authority, writes its certificate to CAFile, and gives each broker a key store of its own.
func (c *Cluster) certify(t testing.TB) *x509.CertPool {
	t.Helper()
	authority, key := certificate(t, 1, nil, nil)
	save(t, c.CAFile, block("CERTIFICATE", authority.Raw))
	for i, b := range c.brokers {
		own, ownKey := certificate(t, int64(i)+2, authority, key)
		secret, err := x509.MarshalPKCS8PrivateKey(ownKey)
		if err != nil {
			t.Fatal(err)
		}
		b.keystore = filepath.Join(b.dir, "keystore.pem")
		save(t, b.keystore, append(block("PRIVATE KEY", secret), block("CERTIFICATE", own.Raw)...))
	}
	roots := x509.NewCertPool()
	roots.AddCert(authority)
	return roots
}

// certificate makes one for the loopback address, signed by parent, or an authority when there is none.
func certificate(t testing.TB, serial int64, parent *x509.Certificate, parentKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "doorstroom test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	if parent == nil {
		template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
		parent, parentKey = template, key
	} else {
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
		template.KeyUsage, template.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		t.Fatal(err)
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return made, key
}

func block(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
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
