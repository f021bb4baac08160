package kafkatest

import (
	"math/rand/v2"
	"net"
	"testing"
)

// Ports are taken from below those that Linux gives to outgoing connections: a broker is told its ports before it
// opens them, and comes back to them after a kill.
const firstPort, lastPort = 20_000, 32_000

// freePort finds a port that nobody listens on.
func freePort(t testing.TB) int {
	t.Helper()
	for range 1000 {
		port := firstPort + rand.IntN(lastPort-firstPort)
		l, err := net.Listen("tcp", address(port))
		if err != nil {
			continue
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		return port
	}
	t.Fatalf("no free port between %d and %d", firstPort, lastPort)
	return 0
}
