package embedded

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestNoProcessLeavesACore: neither a command nor the ClickHouse that it starts.
func TestNoProcessLeavesACore(t *testing.T) {
	cmd, words := startVictim(t, "cores", t.TempDir())
	if words[0] != "dumpable" || words[1] != "0" {
		t.Errorf("a command says that it is %v, want dumpable 0", words)
	}
	c := startClickHouse(t, t.TempDir())
	for who, pid := range map[string]int{"a command": cmd.Process.Pid, "ClickHouse": c.PID()} {
		limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`Max core file size +0 +0 `).Match(limits) {
			t.Errorf("%s may leave a core:\n%s", who, limits)
		}
	}
}

// TestClickHouseGetsNothingOfOurs: its environment holds none of what the program was given.
func TestClickHouseGetsNothingOfOurs(t *testing.T) {
	t.Setenv("DOORSTROOM_DUO_CLIENT_SECRET", "sentinel")
	c := startClickHouse(t, t.TempDir())
	if all := strings.Join(c.process.Env, " "); all != "TZ=UTC LC_ALL=C.UTF-8 TERM=dumb" {
		t.Errorf("the process is given %s", all)
	}
}
