package main

import (
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/sr/srfake"
)

// TestRunAndServeWaitForKafkaAndTheRegistry has each of them come only when the command was seen to try it again; the registry
// then answers a few times that it cannot serve yet, as one does that starts.
func TestRunAndServeWaitForKafkaAndTheRegistry(t *testing.T) {
	for name, args := range map[string][]string{"run": {"run", "--landing", t.TempDir(), "--only", "load"}, "serve": {"serve"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kafka, registry := freeAddr(t), freeAddr(t)
			u := newUser(t).with("DOORSTROOM_KAFKA_BROKERS="+kafka, "DOORSTROOM_SCHEMA_REGISTRY=http://"+registry)
			cmd := u.command(args...)
			said := &lockedBuffer{}
			cmd.Stderr = said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = cmd.Process.Kill() }) // most often it ended by itself
			said.until(t, "tried again", kafka)
			lateKafka(t, kafka)
			said.until(t, "tried again", registry)
			lateRegistry(t, registry)
			said.until(t, "tried again", "no leader yet")
			if name == "serve" {
				said.until(t, "serving; stop with Ctrl-C")
				send(t, cmd.Process.Pid, syscall.SIGTERM)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("it did not go on: %v\n%s", err, said)
			}
		})
	}
}

// until waits for a line that has all the texts.
func (b *lockedBuffer) until(t *testing.T, texts ...string) {
	t.Helper()
	until(t, fmt.Sprintf("it says %q", texts), func() bool {
		for line := range strings.Lines(b.String()) {
			if hasAll(line, texts) {
				return true
			}
		}
		return false
	})
}

func hasAll(line string, texts []string) bool {
	for _, text := range texts {
		if !strings.Contains(line, text) {
			return false
		}
	}
	return true
}

// freeAddr is one where nobody listens.
func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func lateKafka(t *testing.T, addr string) {
	t.Helper()
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.ListenFn(func(network, _ string) (net.Listener, error) { return net.Listen(network, addr) }))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cluster.Close)
}

func lateRegistry(t *testing.T, addr string) {
	t.Helper()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	fake := srfake.NewRegistry()
	var asked atomic.Int32
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= 3 {
			http.Error(w, `{"error_code":50003,"message":"no leader yet"}`, http.StatusServiceUnavailable)
			return
		}
		fake.Handler().ServeHTTP(w, r)
	})}
	go func() { _ = server.Serve(listener) }() // ends with the test
	t.Cleanup(func() { _ = server.Close() })
}
