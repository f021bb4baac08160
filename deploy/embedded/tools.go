package embedded

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Tools are the programs that make installs beside doorstroom. A path is empty when nothing was found.
type Tools struct {
	LibCHDB string // libchdb, the ClickHouse engine as a library
	DBT     string // the dbt command
}

// FindTools gives the paths of the tools: those that the caller's settings name, else from the .tools folder beside
// the folder of this executable, else from the nearest .tools in or above the working directory.
// A tool that is missing is not an error here, because not every command needs it: its user says what to do.
func FindTools(libCHDB, dbt string) (Tools, error) {
	found := Tools{LibCHDB: libCHDB, DBT: dbt}
	roots, err := toolRoots()
	if err != nil {
		return found, err
	}
	for _, root := range roots {
		if found.LibCHDB == "" {
			found.LibCHDB = existing(filepath.Join(root, "node_modules", "@chdb", libraryPackage(), libraryFile))
		}
		if found.DBT == "" {
			found.DBT = existing(filepath.Join(root, "dbt", "bin", "dbt"))
		}
	}
	return found, nil
}

// toolRoots are the folders that may hold the tools, the one to prefer first.
func toolRoots() ([]string, error) {
	exe, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("finding the doorstroom binary: %w", err)
	}
	if exe, err = filepath.EvalSymlinks(exe); err != nil {
		return nil, fmt.Errorf("following links to the doorstroom binary: %w", err)
	}
	roots := []string{filepath.Join(filepath.Dir(exe), "..", ".tools")}
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("finding the working directory: %w", err)
	}
	for {
		roots = append(roots, filepath.Join(dir, ".tools"))
		parent := filepath.Dir(dir)
		if parent == dir {
			return roots, nil
		}
		dir = parent
	}
}

// libraryFile is the name of the library in the npm package of every system.
const libraryFile = "libchdb.so"

// libraryPackage names the npm package of libchdb for this machine, as npm names systems and processors.
func libraryPackage() string {
	arch := map[string]string{"amd64": "x64"}[runtime.GOARCH]
	if arch == "" {
		arch = runtime.GOARCH
	}
	if runtime.GOOS == "linux" {
		arch += "-gnu"
	}
	return "lib-" + runtime.GOOS + "-" + arch
}

func existing(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// ErrNoLibrary says that libchdb is not there.
var ErrNoLibrary = errors.New("ClickHouse's engine (libchdb) is not installed: run 'make tools' in the project folder, " +
	"set DOORSTROOM_LIBCHDB to the path of " + libraryFile + ", or use a server with DOORSTROOM_CLICKHOUSE_ADDR")

func checkLibrary(path string) error {
	if path == "" {
		return ErrNoLibrary
	}
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w (there is no %s)", ErrNoLibrary, path)
	}
	if err != nil {
		return fmt.Errorf("looking at libchdb: %w", err)
	}
	if info.IsDir() {
		return fmt.Errorf("%w (%s is a folder)", ErrNoLibrary, path)
	}
	return nil
}
