package marts

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"doorstroom/dbt"
	"doorstroom/pipelines/warehouse"
)

// DBT runs the dbt project that the program carries.
type DBT struct {
	// Program is the dbt command, Dir a folder for the unpacked project, its target and its logs.
	Program, Dir string
	// HTTPAddr is host:port of ClickHouse's HTTP interface.
	HTTPAddr, User, Password string
	TLS                      bool
	// Settings are those of every query that dbt sends.
	Settings []warehouse.Setting
	// CA is a file with the CA certificates of ClickHouse; empty is the system's.
	CA string
}

// ErrNoDBT says that dbt is not installed.
var ErrNoDBT = errors.New("dbt is not installed: run 'make tools' in the project folder, or set DOORSTROOM_DBT to the dbt program")

// Build makes and tests the marts of an edition (yyyy-mm-dd).
func (d *DBT) Build(ctx context.Context, edition string) error {
	if d.Program == "" {
		return ErrNoDBT
	}
	project := filepath.Join(d.Dir, "project")
	if err := unpack(project); err != nil {
		return err
	}
	environment, err := d.environment()
	if err != nil {
		return err
	}
	settings, err := d.settings()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, d.Program, "--no-use-colors", "--quiet", "--no-send-anonymous-usage-stats", "--no-version-check", //nolint:gosec // dbt, where the settings or the project folder have it
		// Unit tests look at no data of the edition: they belong to the tests of the project.
		"build", "--exclude-resource-type", "unit_test", "--project-dir", project, "--profiles-dir", project,
		"--target-path", filepath.Join(d.Dir, "target"), "--log-path", filepath.Join(d.Dir, "logs"),
		"--vars", fmt.Sprintf(`{"edition": %q}`, edition))
	cmd.Dir = project
	cmd.Env = append(environment, "DOORSTROOM_DBT_SETTINGS="+settings)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	// When this process is killed the system ends dbt too: on a server it would go on alone, beside the next run's. The system
	// minds the thread that started it.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	// What dbt itself started, if anything, ends with it, and is not waited for.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL, Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("dbt build of edition %s: %w\n%s\nThe whole log is %s", edition, err, tail(output.String(), 40), filepath.Join(d.Dir, "logs", "dbt.log"))
	}
	return nil
}

// settings are as dbt's profile reads them.
func (d *DBT) settings() (string, error) {
	values := make(map[string]string, len(d.Settings))
	for _, s := range d.Settings {
		values[s.Name] = s.Value
	}
	text, err := json.Marshal(values)
	if err != nil {
		return "", fmt.Errorf("ClickHouse's settings for dbt: %w", err)
	}
	return string(text), nil
}

func tail(s string, lines int) string {
	all := strings.Split(strings.TrimSpace(s), "\n")
	return strings.Join(all[max(0, len(all)-lines):], "\n")
}

// unpack makes dir hold the project's files and no others: a model of an older
// project would be built too. Files that are the same stay, so that dbt's own
// cache of parsed files holds.
func unpack(dir string) error {
	if err := removeStale(dir); err != nil {
		return fmt.Errorf("clear the unpacked dbt project: %w", err)
	}
	return fs.WalkDir(dbt.Project, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(dir, filepath.FromSlash(path))
		if entry.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		data, err := dbt.Project.ReadFile(path)
		if err != nil {
			return err
		}
		if old, err := os.ReadFile(target); err == nil && bytes.Equal(old, data) {
			return nil
		}
		if err := os.WriteFile(target, data, 0o600); err != nil {
			return fmt.Errorf("unpack the dbt project: %w", err)
		}
		return nil
	})
}

// removeStale removes files that the project does not have.
func removeStale(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if _, err := fs.Stat(dbt.Project, filepath.ToSlash(name)); errors.Is(err, fs.ErrNotExist) {
			return os.Remove(path)
		}
		return nil
	})
}
