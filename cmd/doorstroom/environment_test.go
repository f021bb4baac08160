package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"doorstroom/schemas"
)

// TestFullDisk puts the data folder on a disk that is full from the start, and
// on one that fills up while it loads. With room made, the next run finishes.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	if !mayMount(t) {
		return
	}
	disk := smallDisk(t, "size=6m")
	landing := smallLanding(t)
	t.Run("while loading", func(t *testing.T) {
		u := newUser(t)
		u.data = filepath.Join(disk, "data")
		u.run("migrate").exits(0) // what is needed to start fits
		filler := fill(t, disk, 1<<20)
		u.run("run", "--landing", landing, "--only", "load").exits(3).says("space", u.data, "make room")
		if err := os.Remove(filler); err != nil {
			t.Fatal(err)
		}
		resize(t, disk, "size=256m")
		u.run("run", "--landing", landing, "--only", "load").exits(0)
		if n := u.value("SELECT sum(rows_accepted) - (SELECT sum(n) FROM (" + rawCounts() + ")) FROM ops.delivery FINAL"); n != "0" {
			t.Errorf("accepted rows less distinct rows in raw is %s, want 0", n)
		}
	})
	t.Run("from the start", func(t *testing.T) {
		u := newUser(t)
		tiny := smallDisk(t, "size=64k")
		u.data = filepath.Join(tiny, "data")
		u.run("run", "--landing", landing, "--only", "load").exits(3).says("space", u.data, "make room")
	})
}

// mayMount tells whether this process may mount disks. Where it may not, the test that asks is run as a whole in a name
// space of its own, where it may, and has nothing left to do here.
func mayMount(t *testing.T) bool {
	t.Helper()
	// What is not a mount cannot be mounted again; who lacks the right hears of that first.
	if err := syscall.Mount("tmpfs", t.TempDir(), "tmpfs", syscall.MS_REMOUNT, ""); !errors.Is(err, syscall.EPERM) {
		return true
	}
	if os.Getenv("DOORSTROOM_TEST_OWN_MOUNTS") != "" {
		t.Fatal("a small disk can be mounted neither here nor in a name space of its own")
	}
	cmd := exec.Command("unshare", "--map-root-user", "--mount", os.Args[0], "-test.run=^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "DOORSTROOM_TEST_OWN_MOUNTS=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the test in a name space of its own: %v\n%s", err, out)
	}
	return false
}

// smallDisk mounts a disk in memory.
func smallDisk(t *testing.T, size string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, size); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func resize(t *testing.T, disk, size string) {
	t.Helper()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, size); err != nil {
		t.Fatal(err)
	}
}

// fill leaves so many bytes free on a disk.
func fill(t *testing.T, disk string, leave uint64) (path string) {
	t.Helper()
	var fs syscall.Statfs_t
	if err := syscall.Statfs(disk, &fs); err != nil {
		t.Fatal(err)
	}
	free := fs.Bavail * uint64(fs.Bsize)
	path = filepath.Join(disk, "filler")
	if free > leave {
		if err := os.WriteFile(path, make([]byte, free-leave), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path
}

// rawCounts counts the distinct rows of every raw table that are accepted.
func rawCounts() string {
	var parts []string
	for _, r := range schemas.Records {
		parts = append(parts, "SELECT uniqExact(load_id, file_no, row_no) AS n FROM raw."+r.Name)
	}
	return strings.Join(parts, " UNION ALL ")
}

// TestUnwritableData gives the program a folder in which it may not write.
func TestUnwritableData(t *testing.T) {
	u := newUser(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	u.data = filepath.Join(file, "data")
	u.run("deliveries").exits(3).says(file, "--data")

	closed := filepath.Join(openDir(t), "closed")
	if err := os.Mkdir(closed, 0o555); err != nil {
		t.Fatal(err)
	}
	u.data = filepath.Join(closed, "data")
	asNobody(t, u).exits(3).says(u.data, "permission denied", "--data")
}

// openDir is a temporary folder that other users may enter.
func openDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "doorstroom")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// asNobody runs `deliveries` as a user who is not root, who may write anywhere.
func asNobody(t *testing.T, u *user) ended {
	t.Helper()
	cmd := u.command("deliveries")
	if os.Getuid() == 0 {
		dir := openDir(t)
		content, err := os.ReadFile(cmd.Path)
		if err != nil {
			t.Fatal(err)
		}
		cmd.Path, cmd.Dir = filepath.Join(dir, "doorstroom"), dir
		if err := os.WriteFile(cmd.Path, content, 0o755); err != nil {
			t.Fatal(err)
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return u.finish(cmd)
}

// TestServersThatDoNotAnswer names each setting whose server is not there.
func TestServersThatDoNotAnswer(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), t.TempDir()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	u = u.with("DOORSTROOM_PATIENCE=100ms")
	load := []string{"run", "--landing", landing, "--only", "load"}
	u.run("migrate").exits(0)
	u.with("DOORSTROOM_CLICKHOUSE_ADDR="+addr).run("deliveries").exits(3).says(addr, "DOORSTROOM_CLICKHOUSE_ADDR")
	u.with("DOORSTROOM_KAFKA_BROKERS="+addr).run(load...).exits(3).says(addr, "DOORSTROOM_KAFKA_BROKERS")
	u.with("DOORSTROOM_SCHEMA_REGISTRY=http://"+addr).run(load...).exits(3).says(addr, "DOORSTROOM_SCHEMA_REGISTRY")
	e := u.with("DOORSTROOM_CLICKHOUSE_ADDR="+addr, "DOORSTROOM_DUO_URL=http://"+addr).run("doctor").exits(3)
	for _, text := range []string{"MISSING", "DOORSTROOM_CLICKHOUSE_ADDR", "DUO"} {
		if !strings.Contains(e.out, text) {
			t.Errorf("doctor does not say %s:\n%s", text, e.out)
		}
	}
}

// TestPortTaken serves on a port that another program has.
func TestPortTaken(t *testing.T) {
	u, landing := newUser(t), smallLanding(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	addr := listener.Addr().String()
	u.run("synth", "serve", "--dir", landing, "--addr", addr).exits(3).says(addr, "--addr", "in use")
}
