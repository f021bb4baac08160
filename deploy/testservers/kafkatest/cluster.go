package kafkatest

import (
	"crypto/rand"
	"crypto/tls"
	"encoding/base64"
	"net"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// User is the only user of a cluster that asks for a login, by SCRAM-SHA-512.
const User = "doorstroom"

// Options say what kind of cluster a test needs.
type Options struct {
	// Brokers is how many; 0 is 1. With three, a topic of three replicas takes writes while one broker is away.
	Brokers int
	// Secure asks clients for TLS and a login.
	Secure bool
	// Rights has User do nothing but what a test allows, and everything who connects to Inside.
	Rights bool
}

// Cluster is a running Apache Kafka.
type Cluster struct {
	// Password belongs to User; empty when nobody logs in.
	Password string
	// CAFile holds the certificate, in PEM, that signed those of the brokers; empty without TLS.
	CAFile string

	brokers []*broker
	trusted *tls.Config
	rights  bool
}

// Start starts a cluster and waits until its brokers serve. The test's end stops it.
func Start(t testing.TB, o Options) *Cluster {
	t.Helper()
	dir := t.TempDir()
	c := &Cluster{rights: o.Rights}
	id := newClusterID()
	for i := range max(o.Brokers, 1) {
		c.brokers = append(c.brokers, &broker{
			id: i + 1, dir: filepath.Join(dir, strconv.Itoa(i+1)), jars: jars(t),
			client: freePort(t), internal: freePort(t), controller: freePort(t),
		})
	}
	if o.Secure {
		c.Password = rand.Text()
		c.CAFile = filepath.Join(dir, "ca.pem")
		c.trusted = c.certify(t)
	}
	var all sync.WaitGroup
	failures := make([]error, len(c.brokers))
	for i, b := range c.brokers {
		t.Cleanup(b.kill)
		all.Go(func() {
			if failures[i] = b.format(c, id); failures[i] == nil {
				failures[i] = b.start()
			}
		})
	}
	all.Wait()
	for _, err := range failures {
		if err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// Addrs are host:port of all brokers, those that were killed included.
func (c *Cluster) Addrs() (addrs []string) {
	for _, b := range c.brokers {
		addrs = append(addrs, address(b.client))
	}
	return addrs
}

// Inside is host:port of a broker for whoever looks after the cluster, in clear text without a login.
func (c *Cluster) Inside() string { return address(c.brokers[0].internal) }

// PIDs are the processes of the brokers.
func (c *Cluster) PIDs() (pids []int) {
	for _, b := range c.brokers {
		pids = append(pids, b.process.Process.Pid)
	}
	return pids
}

// TLS is how a client trusts the cluster, nil when it speaks clear text.
func (c *Cluster) TLS() *tls.Config { return c.trusted.Clone() }

// Kill ends a broker as a power cut would; brokers count from 0, as in Addrs.
func (c *Cluster) Kill(i int) { c.brokers[i].kill() }

// Restart starts a killed broker again, at its address and on its data.
func (c *Cluster) Restart(t testing.TB, i int) {
	t.Helper()
	if err := c.brokers[i].start(); err != nil {
		t.Fatal(err)
	}
}

func address(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// newClusterID draws a UUID.
func newClusterID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	return clusterID(id)
}

// clusterID writes a UUID as Kafka does. Its first bit is cleared: an id that begins with "-" is an option to Kafka's
// tools, and Kafka draws none of those either.
func clusterID(id [16]byte) string {
	id[0] &^= 0x80
	return base64.RawURLEncoding.EncodeToString(id[:])
}
