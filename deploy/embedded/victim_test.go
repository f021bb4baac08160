package embedded

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/zap"
	"golang.org/x/sys/unix"
)

// victimCommand makes the test binary a command that holds an engine until it is killed.
const victimCommand = "embedded-victim"

// victim starts the engine that args name on a data folder, tells its address and waits to be killed.
func victim(args []string) {
	engine, o := args[0], Options{Dir: args[1], LibPath: args[2], MaxMemory: 1 << 30, Log: zap.NewNop()}
	var err error
	switch engine {
	case "clickhouse":
		var c *ClickHouse
		if c, err = StartClickHouse(context.Background(), o); err == nil {
			fmt.Println(c.NativeAddr(), c.Password(), c.PID())
		}
	case "kafka":
		var k *Kafka
		if k, err = StartKafka(o); err == nil {
			err = bridge(k)
		}
	case "cores":
		if err = NoCores(); err == nil {
			var dumpable int
			dumpable, err = unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
			fmt.Println("dumpable", dumpable)
		}
	case "lock":
		if _, err = LockData(o.Dir, o.Log); err == nil {
			fmt.Println("locked")
		}
	}
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	select {}
}

// bridge lets the process of the test reach a broker that nobody else can.
func bridge(k *Kafka) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	for {
		outer, err := listener.Accept()
		if err != nil {
			return err
		}
		inner, err := k.Dial(context.Background(), "tcp", k.Addr())
		if err != nil {
			return err
		}
		go func() { _, _ = io.Copy(inner, outer); _ = inner.Close() }()
		go func() { _, _ = io.Copy(outer, inner); _ = outer.Close() }()
	}
}

// startVictim runs an engine in another process and returns that process and the words that it told.
func startVictim(t *testing.T, engine, dir string) (*exec.Cmd, []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], victimCommand, engine, dir, libCHDB(t))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // most tests killed it already
		_ = cmd.Wait()
	})
	line := make([]byte, 1024)
	n, err := out.Read(line)
	if err != nil {
		t.Fatalf("the other process said nothing: %v", err)
	}
	words := strings.Fields(string(line[:n]))
	if words[0] == "error:" {
		t.Fatal(string(line[:n]))
	}
	return cmd, words
}

// killHard ends the process as a power cut would and waits until it is gone.
func killHard(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it tells of the kill
}
