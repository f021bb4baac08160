package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// diskSize has room for what a run of a few hundred persons needs.
const diskSize = "size=600m"

// disk is a small disk of its own, in memory.
type disk struct{ dir string }

// mountDisk makes one. It needs the right to mount: see inNamespace.
func mountDisk(dir string) (*disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, diskSize); err != nil {
		return nil, fmt.Errorf("mounting a small disk, as root or in a user namespace: %w", err)
	}
	return &disk{dir}, nil
}

func (d *disk) unmount() error { return syscall.Unmount(d.dir, syscall.MNT_DETACH) }

// fill takes all room for a while.
func (d *disk) fill(ctx context.Context, pause time.Duration) error {
	path := filepath.Join(d.dir, "fill")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer os.Remove(path)
	defer f.Close()
	// What others free meanwhile is taken too.
	chunk := make([]byte, 1<<20)
	for end := time.Now().Add(pause); time.Now().Before(end) && ctx.Err() == nil; {
		n, err := f.Write(chunk)
		if errors.Is(err, syscall.ENOSPC) && n == 0 {
			time.Sleep(10 * time.Millisecond)
		} else if err != nil && !errors.Is(err, syscall.ENOSPC) {
			return err
		}
	}
	return ctx.Err()
}

// namespaced tells a process that it was started again by inNamespace.
const namespaced = "FAULTS_IN_NAMESPACE"

// inNamespace starts this process again where it may mount, unless it may already; it returns only in that one.
func inNamespace() {
	if os.Geteuid() == 0 || os.Getenv(namespaced) != "" {
		return
	}
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), namespaced+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	err := cmd.Run()
	var ended *exec.ExitError
	switch {
	case err == nil:
		os.Exit(0)
	case errors.As(err, &ended):
		os.Exit(ended.ExitCode())
	}
	fmt.Fprintln(os.Stderr, "faults: a full disk needs a disk of its own, and mounting one needs root or user namespaces:", err)
	os.Exit(1)
}
