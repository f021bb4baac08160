package sharing

import (
	"errors"
	"io"
	"net"
	"os"
	"testing"

	"go.uber.org/zap"
)

// login has something in every field.
var login = Login{Native: "127.0.0.1:1", HTTP: "127.0.0.1:2", User: "program", Password: "one", Reader: "people", ReaderPassword: "two"}

// TestDoor lets processes of the same user in until it is closed.
func TestDoor(t *testing.T) {
	door, err := Open(login, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got, err := Ask(t.Context(), door.Name()); err != nil || got != login {
			t.Errorf("told was %+v, %v", got, err)
		}
	}
	door.Close()
	if got, err := Ask(t.Context(), door.Name()); err == nil {
		t.Errorf("a closed door tells %+v", got)
	}
}

// TestStrangers: another user is told nothing, and nobody believes another user's door.
func TestStrangers(t *testing.T) {
	others, err := openTo(os.Geteuid()+1, login, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer others.Close()
	conn, err := net.Dial("unix", others.Name())
	if err != nil {
		t.Fatal(err)
	}
	if told, _ := io.ReadAll(conn); len(told) != 0 { // that the connection is cut off may be an error or not
		t.Errorf("a stranger is told %q", told)
	}
	ours, err := Open(login, zap.NewNop())
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	if got, err := askOf(t.Context(), os.Geteuid()+1, ours.Name()); !errors.Is(err, errStranger) {
		t.Errorf("a stranger's door is believed: %+v, %v", got, err)
	}
}
