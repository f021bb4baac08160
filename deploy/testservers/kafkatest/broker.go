package kafkatest

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startTime is how long a broker may take to serve; on an idle machine it takes some four seconds.
const startTime = 5 * time.Minute

// broker is one broker, which is a controller too.
type broker struct {
	id                           int
	dir                          string // its files
	jars                         string
	client, internal, controller int // ports
	keystore                     string

	process *exec.Cmd
	ended   chan struct{}
}

// format writes the settings of the broker and prepares its folder.
func (b *broker) format(c *Cluster, cluster string) error {
	if err := os.MkdirAll(b.dir, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(b.settingsFile(), []byte(b.settings(c)), 0o600); err != nil {
		return err
	}
	args := []string{"-XX:TieredStopAtLevel=1", "-cp", b.jars, "kafka.tools.StorageTool", "format", "-t", cluster, "-c", b.settingsFile()}
	if c.Password != "" {
		args = append(args, "--add-scram", fmt.Sprintf("SCRAM-SHA-512=[name=%s,password=%s]", User, c.Password))
	}
	if out, err := exec.Command("java", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("formatting the folder of a Kafka broker: %w\n%s", err, out)
	}
	return nil
}

func (b *broker) settingsFile() string { return filepath.Join(b.dir, "server.properties") }

// start runs the broker and waits until it serves.
func (b *broker) start() error {
	b.process = exec.Command("java", "-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
		"-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info", "-cp", b.jars, "kafka.Kafka", b.settingsFile())
	b.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} // a test that is killed leaves no broker behind
	read, write := io.Pipe()
	b.process.Stdout, b.process.Stderr = write, write
	if err := b.process.Start(); err != nil {
		return fmt.Errorf("starting Apache Kafka; install Java 17 or newer: %w", err)
	}
	b.ended = make(chan struct{})
	go func() {
		defer close(b.ended)
		_ = write.CloseWithError(b.process.Wait()) // a broker that ends says why in its log
	}()
	said := &log{up: make(chan struct{})}
	go said.follow(read)
	select {
	case <-said.up:
		return nil
	case <-b.ended:
		return fmt.Errorf("the broker of Apache Kafka ended while it started:\n%s", said.last())
	case <-time.After(startTime):
		b.kill()
		return fmt.Errorf("the broker of Apache Kafka does not serve after %v:\n%s", startTime, said.last())
	}
}

// kill ends the process at once; it is fine to kill it twice.
func (b *broker) kill() {
	if b.ended == nil {
		return
	}
	_ = b.process.Process.Kill() // it may have ended by itself
	<-b.ended
}

// log is what a broker says.
type log struct {
	mu    sync.Mutex
	lines []string
	up    chan struct{}
}

// follow reads to the end, so that the broker never waits for a reader.
func (l *log) follow(r io.Reader) {
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if strings.Contains(in.Text(), "Kafka Server started") {
			close(l.up)
			break
		}
		l.mu.Lock()
		l.lines = append(l.lines, in.Text())
		l.mu.Unlock()
	}
	_, _ = io.Copy(io.Discard, r) // what it says later is of no use to the test
}

func (l *log) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines[max(0, len(l.lines)-40):], "\n")
}

// jars is the class path, all of .tools/kafka in or above the working directory.
func jars(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		found := filepath.Join(dir, ".tools", "kafka")
		if _, err := os.Stat(found); err == nil {
			return filepath.Join(found, "*")
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("Apache Kafka is not installed: run 'make tools'")
		}
		dir = parent
	}
}
