package kafkatest_test

import (
	"crypto/tls"
	"net"
	"testing"

	"doorstroom/deploy/testservers/kafkatest"
)

// TestClusterListens, on loopback, with certificates that a client can check against the authority.
func TestClusterListens(t *testing.T) {
	c := kafkatest.Start(t, kafkatest.Options{Secure: true})
	conn, err := tls.Dial("tcp", c.Addrs()[0], c.TLS())
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
	if _, err := tls.Dial("tcp", c.Addrs()[0], nil); err == nil {
		t.Error("the system trusts an authority that a test made")
	}
	c.Kill(0)
	if _, err := net.Dial("tcp", c.Addrs()[0]); err == nil {
		t.Error("a killed broker answers")
	}
	c.Restart(t, 0)
}
