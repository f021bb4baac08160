// Package sharing lets commands of the same user read in the embedded ClickHouse that another command keeps up. How to log
// in there is told over a Unix socket, to processes of that user alone, so that it stands in no file.
package sharing

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"go.uber.org/zap"
)

// Login is how to reach a ClickHouse: the addresses of its native protocol and of its HTTP interface, the program's user
// and the one who asks for people.
type Login struct {
	Native, HTTP           string
	User, Password         string
	Reader, ReaderPassword string
}

// timeout is for one answer, which is a few hundred bytes on the same machine.
const timeout = 10 * time.Second

// errStranger is another user at the other end.
var errStranger = errors.New("another user is at the other end")

// Door is where a command tells others how to log in.
type Door struct {
	listener net.Listener
	name     string
	login    Login
	uid      int // the user who is let in
	log      *zap.Logger
}

// Open opens a door under a name that nobody knows before; it is in no folder (a name of Linux's abstract ones).
func Open(login Login, log *zap.Logger) (*Door, error) { return openTo(os.Geteuid(), login, log) }

func openTo(uid int, login Login, log *zap.Logger) (*Door, error) {
	name := "@doorstroom-" + rand.Text()
	listener, err := net.Listen("unix", name)
	if err != nil {
		return nil, fmt.Errorf("opening a door for commands that read: %w", err)
	}
	d := &Door{listener: listener, name: name, login: login, uid: uid, log: log}
	go d.serve()
	return d, nil
}

// Name is what Ask takes.
func (d *Door) Name() string { return d.name }

// Close lets nobody in any more.
func (d *Door) Close() { _ = d.listener.Close() }

func (d *Door) serve() {
	for {
		conn, err := d.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			err = d.tell(conn)
		}
		if err != nil {
			d.log.Warn("a command that wants to read was not let in", zap.Error(err))
			time.Sleep(10 * time.Millisecond) // too many open files do not become fewer by trying faster
		}
	}
}

func (d *Door) tell(conn net.Conn) error {
	defer conn.Close()
	if err := owned(conn, d.uid); err != nil {
		return err
	}
	if err := conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return err
	}
	return json.NewEncoder(conn).Encode(d.login)
}

// Ask asks at the door of that name, if it is one of the same user.
func Ask(ctx context.Context, name string) (Login, error) { return askOf(ctx, os.Geteuid(), name) }

func askOf(ctx context.Context, uid int, name string) (login Login, err error) {
	dialer := net.Dialer{Timeout: timeout}
	conn, err := dialer.DialContext(ctx, "unix", name)
	if err != nil {
		return login, err
	}
	defer conn.Close()
	if err := owned(conn, uid); err != nil {
		return login, err
	}
	if err := conn.SetDeadline(time.Now().Add(timeout)); err != nil {
		return login, err
	}
	if err := json.NewDecoder(conn).Decode(&login); err != nil {
		return Login{}, fmt.Errorf("reading the answer: %w", err)
	}
	return login, nil
}
