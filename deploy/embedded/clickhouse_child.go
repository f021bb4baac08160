package embedded

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
	"unsafe"

	"github.com/ebitengine/purego"
)

// childCommand is the hidden subcommand under which a binary becomes the ClickHouse process.
const childCommand = "embedded-clickhouse"

const (
	// childLockWait is how long a new server waits for one whose parent was killed to leave the data.
	childLockWait = 30 * time.Second
	// childGrace is how long a server whose parent is gone may take to stop by itself.
	childGrace = 3 * time.Second
	// parentPipe is the descriptor of the pipe that ends when the parent does.
	parentPipe = 3
	// tellPipe is that of the pipe on which the parent hears that the data folder is this server's.
	tellPipe = 4
)

// serveQuery opens both servers. After it, an interactive clickhouse-local waits for a query on its terminal, which
// lasts as long as the parent holds the other end open. Without a terminal it could wait on a pipe, but then it ends the
// whole process at any error of a connection, a wrong password for one.
const serveQuery = "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP"

// RunChildIfAsked turns this process into the ClickHouse server, and does not return, if it was started as one.
// A test binary that starts a ClickHouse calls it first in TestMain, because the server is a child of the same binary.
func RunChildIfAsked() {
	if len(os.Args) > 1 && os.Args[1] == childCommand {
		os.Exit(ChildMain(os.Args[2:]))
	}
}

// ChildMain is the ClickHouse server process: args are the path of libchdb, of config.xml and of the data folder.
// It returns the exit code when its terminal ends, which is when the parent stops it or dies.
func ChildMain(args []string) int {
	if err := serve(args); err != nil {
		fmt.Fprintf(os.Stderr, "embedded ClickHouse: %v\n", err)
		return 1
	}
	return 0
}

func serve(args []string) error {
	if len(args) != 3 {
		return errors.New("this command is started by doorstroom itself; run doorstroom --help for the commands")
	}
	if err := NoCores(); err != nil {
		return err
	}
	syscall.Umask(0o077)
	go endWithParent()
	lock, err := lockFile(filepath.Join(args[2], "lock"), childLockWait)
	if err != nil {
		return fmt.Errorf("waiting for an earlier server to leave the data folder: %w", err)
	}
	defer lock.Close()
	if err := keepPreviousLog(args[2]); err != nil {
		return err
	}
	if err := tellParent(); err != nil {
		return err
	}
	if err := dropOldLogs(args[2]); err != nil {
		return err
	}
	if err := errors.Join(dropEmptyDefinitions(args[2]), mendEmptyDatabases(args[2])); err != nil {
		return err
	}
	return runLibrary(args[0], args[2], []string{
		"clickhouse", "--config-file=" + args[1], "--log-level", "information",
		"--interactive", "--disable_suggestion", "--history_file", os.DevNull, "--query", serveQuery,
	})
}

// tellParent says that the folder is this server's: what its log has from now on is of no earlier one.
func tellParent() error {
	pipe := os.NewFile(tellPipe, "tell")
	if pipe == nil {
		return errors.New("this command is started by doorstroom itself; run doorstroom --help for the commands")
	}
	if _, err := pipe.Write([]byte{1}); err != nil {
		return fmt.Errorf("telling that the data folder is free: %w", err)
	}
	return pipe.Close()
}

// dropOldLogs removes what earlier servers logged in tables. A server makes these again and never looks at those of the
// one before: nobody can query or erase them. The server must not be running.
func dropOldLogs(home string) error {
	if err := os.RemoveAll(filepath.Join(home, "store", "data", "system")); err != nil {
		return fmt.Errorf("removing the logs of an earlier server: %w", err)
	}
	return nil
}

// endWithParent ends the process when its parent is gone and ClickHouse did not stop by itself.
// ClickHouse sees the end of its input too, but a long query of another client could keep it alive.
func endWithParent() {
	pipe := os.NewFile(parentPipe, "parent")
	if pipe == nil {
		return
	}
	_, _ = io.Copy(io.Discard, pipe)
	time.Sleep(childGrace)
	os.Exit(1)
}

// runLibrary calls clickhouse-local inside libchdb with args, confined to home, and returns the error that it reports.
func runLibrary(path, home string, args []string) error {
	runtime.LockOSThread() // all that the library starts is confined as this thread is
	lib, err := purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return fmt.Errorf("loading libchdb: %w", err)
	}
	var cmdline func(argc int32, argv **byte) uintptr
	var resultError func(result uintptr) string
	purego.RegisterLibFunc(&cmdline, lib, "chdb_query_cmdline")
	purego.RegisterLibFunc(&resultError, lib, "chdb_result_error")

	if err := confine(home); err != nil {
		return err
	}
	argv, pinner := cArguments(args)
	defer pinner.Unpin()
	result := cmdline(int32(len(args)), argv)
	if result == 0 {
		return errors.New("libchdb gave no result")
	}
	if message := resultError(result); message != "" {
		return errors.New(message)
	}
	return nil
}

// cArguments lays args out as C's argv, pinned until the returned pinner lets go.
func cArguments(args []string) (**byte, *runtime.Pinner) {
	pinner := new(runtime.Pinner)
	argv := make([]*byte, len(args)+1)
	for i, arg := range args {
		bytes := append([]byte(arg), 0)
		argv[i] = unsafe.SliceData(bytes) //nolint:gosec // pinned, and ended by NUL
		pinner.Pin(argv[i])
	}
	pinner.Pin(unsafe.SliceData(argv))    //nolint:gosec // pinned until C is done with it
	return unsafe.SliceData(argv), pinner //nolint:gosec // pinned until C is done with it
}
