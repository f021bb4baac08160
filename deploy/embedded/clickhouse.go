package embedded

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/creack/pty"
	"go.uber.org/zap"
)

// DefaultMaxMemory limits the embedded ClickHouse unless Options say otherwise, in bytes.
const DefaultMaxMemory = 4 << 30

// clickHouseUser is the program at the embedded server; clickHouseReader asks for people, and may only read.
const clickHouseUser, clickHouseReader = "doorstroom", "doorstroom_reader"

// startTimeout bounds a start that nobody else bounds; most of it is for a server of a killed command to leave.
const startTimeout = 90 * time.Second

// ClickHouse is a running embedded server.
type ClickHouse struct {
	home           string
	password       string
	readerPassword string
	nativePort     int
	httpPort       int
	process        *exec.Cmd
	held           []*os.File // open as long as the server is to live
	stopping       atomic.Bool
	release        sync.Once
	alone          chan struct{} // closed when the data folder is this server's
	done           chan struct{}
	err            error // set before done is closed
	log            *zap.Logger
}

// StartClickHouse starts the server and returns when it answers. The caller stops it; if the caller dies, it stops.
func StartClickHouse(ctx context.Context, o Options) (*ClickHouse, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	began := time.Now()
	c, err := newClickHouse(o)
	if err != nil {
		return nil, err
	}
	if err := c.spawn(o.LibPath); err != nil {
		return nil, err
	}
	if err := c.waitUntilUp(ctx); err != nil {
		c.kill()
		return nil, err
	}
	c.log.Info("embedded ClickHouse is up", zap.String("native", c.NativeAddr()), zap.String("http", c.HTTPAddr()),
		zap.Int("pid", c.PID()), zap.Duration("took", time.Since(began)))
	return c, nil
}

// newClickHouse prepares the folder and the configuration. Passwords are new with every start and stand in no file: what is
// found in a folder says nothing about who may log in.
func newClickHouse(o Options) (*ClickHouse, error) {
	if err := checkLibrary(o.LibPath); err != nil {
		return nil, err
	}
	dir, err := filepath.Abs(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("finding the data folder: %w", err)
	}
	home := filepath.Join(dir, "clickhouse")
	if err := os.MkdirAll(home, 0o700); err != nil {
		return nil, fmt.Errorf("making ClickHouse's folder; make the data folder writable or choose another with --data: %w", err)
	}
	if err := os.Remove(filepath.Join(home, "password")); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("removing ClickHouse's password of before: %w", err)
	}
	c := &ClickHouse{home: home, password: rand.Text(), readerPassword: rand.Text(), done: make(chan struct{}), alone: make(chan struct{}), log: o.Log}
	config := serverConfig{Home: home, NativePort: o.NativePort, HTTPPort: o.HTTPPort, MaxMemory: o.MaxMemory,
		User: clickHouseUser, PasswordSHA: sha256Hex(c.password), Reader: clickHouseReader, ReaderSHA: sha256Hex(c.readerPassword)}
	if config.MaxMemory == 0 {
		config.MaxMemory = DefaultMaxMemory
	}
	if err := writeConfig(config); err != nil {
		return nil, err
	}
	return c, nil
}

// spawn starts this binary again as the server, in a process group of its own: Ctrl-C is for the parent,
// which stops the server when it is done with it.
func (c *ClickHouse) spawn(library string) error {
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding the doorstroom binary: %w", err)
	}
	// A server whose parent was killed may still write to the file that was there.
	if err := os.Remove(c.consolePath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing ClickHouse's last console log: %w", err)
	}
	console, err := os.OpenFile(c.consolePath(), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("opening ClickHouse's console log: %w", err)
	}
	defer console.Close()
	c.process = exec.Command(exe, childCommand, library, filepath.Join(c.home, "config.xml"), c.home) //nolint:gosec // this program itself
	c.process.Dir = c.home
	c.process.Env = []string{"TZ=UTC", "LC_ALL=C.UTF-8", "TERM=dumb"} // nothing of what this process was given
	c.process.Stdout, c.process.Stderr = console, console
	c.process.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := c.startHeld(); err != nil {
		return fmt.Errorf("starting the embedded ClickHouse: %w", err)
	}
	go c.wait()
	return nil
}

// startHeld starts the process with two things that end with this one: a terminal for ClickHouse itself, and a pipe for
// the guard beside it; and a pipe to hear on that the data folder is its own.
func (c *ClickHouse) startHeld() error {
	holdTerminal, terminal, err := pty.Open()
	if err != nil {
		return fmt.Errorf("opening a pseudo-terminal: %w", err)
	}
	defer terminal.Close()
	guard, holdGuard, err := os.Pipe()
	if err != nil {
		_ = holdTerminal.Close()
		return err
	}
	defer guard.Close()
	hear, tell, err := os.Pipe()
	if err != nil {
		_, _ = holdTerminal.Close(), holdGuard.Close()
		return err
	}
	defer tell.Close()
	c.held = []*os.File{holdTerminal, holdGuard, hear}
	c.process.Stdin = terminal
	c.process.ExtraFiles = []*os.File{guard, tell}
	if err := c.process.Start(); err != nil {
		c.letGo()
		return err
	}
	go func() {
		if n, _ := hear.Read(make([]byte, 1)); n == 1 { // else the process ended, which wait tells
			close(c.alone)
		}
	}()
	return nil
}

func (c *ClickHouse) wait() {
	err := c.process.Wait()
	if !c.stopping.Load() {
		if err == nil {
			err = errors.New("its process ended")
		}
		c.err = fmt.Errorf("the embedded ClickHouse stopped unexpectedly: %w%s", err, c.lastWords())
	}
	c.letGo()
	close(c.done)
}

func (c *ClickHouse) letGo() {
	c.release.Do(func() {
		for _, file := range c.held {
			_ = file.Close()
		}
	})
}

// Stop ends the server and waits for it; when ctx is over before it is gone, it is killed, which loses no data
// that was confirmed. Close your connections first: the server gives open ones five seconds. It is fine to stop twice, or one that died.
func (c *ClickHouse) Stop(ctx context.Context) error {
	c.stopping.Store(true)
	c.letGo()
	select {
	case <-c.done:
	case <-ctx.Done():
		c.kill()
		c.log.Warn("embedded ClickHouse did not stop in time and was killed")
	}
	return c.err
}

func (c *ClickHouse) kill() {
	c.stopping.Store(true)
	_ = c.process.Process.Kill() // fails only when it is gone already
	<-c.done
}

// Done is closed when the server is gone, by Stop or by itself.
func (c *ClickHouse) Done() <-chan struct{} { return c.done }

// Err tells after Done why the server stopped, nil if Stop asked for it.
func (c *ClickHouse) Err() error {
	select {
	case <-c.done:
		return c.err
	default:
		return nil
	}
}

// NativeAddr is host:port of the native protocol.
func (c *ClickHouse) NativeAddr() string { return loopback(c.nativePort) }

// HTTPAddr is host:port of the HTTP interface.
func (c *ClickHouse) HTTPAddr() string { return loopback(c.httpPort) }

// User is the name to log in with.
func (c *ClickHouse) User() string { return clickHouseUser }

// Password belongs to User; it is made at random for this server. Never log it.
func (c *ClickHouse) Password() string { return c.password }

// Reader is the name and the password to read with: facts, marts, ops and raw tables, and what is in them, nothing else.
func (c *ClickHouse) Reader() (user, password string) { return clickHouseReader, c.readerPassword }

// PID is the process id of the server.
func (c *ClickHouse) PID() int { return c.process.Process.Pid }

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
