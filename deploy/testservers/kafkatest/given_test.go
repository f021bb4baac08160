package kafkatest

import (
	"net"
	"strings"
	"testing"
)

// TestNoClusterIDIsAnOption writes a UUID with every first byte that there is: Kafka's tools take "-..." for an option.
func TestNoClusterIDIsAnOption(t *testing.T) {
	for first := range 256 {
		id := clusterID([16]byte{byte(first), 15: 1})
		if strings.HasPrefix(id, "-") || len(id) != 22 {
			t.Errorf("a UUID that begins with %#x is written %q", first, id)
		}
	}
}

// TestAPortIsGivenOnce, also while its broker does not listen on it yet, or is killed.
func TestAPortIsGivenOnce(t *testing.T) {
	port := 0
	t.Run("taken", func(t *testing.T) {
		port = freePort(t)
		if claim(t, port) {
			t.Errorf("port %d was given twice", port)
		}
	})
	if !claim(t, port) {
		t.Errorf("port %d is still taken after the test that had it", port)
	}
	l, err := net.Listen("tcp", address(0))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if used := l.Addr().(*net.TCPAddr).Port; claim(t, used) {
		t.Errorf("port %d was given, on which somebody listens", used)
	}
}
