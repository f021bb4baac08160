package kafkatest

import (
	"fmt"
	"math/rand/v2"
	"net"
	"testing"
)

// Ports are taken from below those that Linux gives to outgoing connections: a broker is told its ports before it
// opens them, and comes back to them after a kill.
const firstPort, lastPort = 20_000, 32_000

// freePort finds a port that nobody listens on and that no other broker was given, in this process or another.
func freePort(t testing.TB) int {
	t.Helper()
	for range 1000 {
		port := firstPort + rand.IntN(lastPort-firstPort)
		if claim(t, port) {
			return port
		}
	}
	t.Fatalf("no free port between %d and %d", firstPort, lastPort)
	return 0
}

// claim takes a port for the test, until its end; false when somebody has it. The claim is a name in Linux's abstract
// space of sockets: it needs no file, and goes with the process however that ends.
func claim(t testing.TB, port int) bool {
	t.Helper()
	held, err := net.Listen("unix", fmt.Sprintf("@doorstroom-kafkatest-%d", port))
	if err != nil {
		return false
	}
	l, err := net.Listen("tcp", address(port))
	if err != nil {
		_ = held.Close()
		return false
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = held.Close() })
	return true
}
