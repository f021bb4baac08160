package newsupplier_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const top = "../../.."

// list is the file with the list that CONTRIBUTING asks for a line in.
const list = "connectors/connectors.go"

// tree is a copy of the project.
type tree struct {
	t   *testing.T
	dir string
}

// copyOf copies every file of the project that git knows or would add, and links the tools.
func copyOf(t *testing.T) *tree {
	t.Helper()
	c := &tree{t, t.TempDir()}
	names := command(t, top, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
	for name := range strings.SplitSeq(strings.TrimRight(names, "\x00"), "\x00") {
		info, err := os.Lstat(filepath.Join(top, name))
		if os.IsNotExist(err) || err == nil && !info.Mode().IsRegular() {
			continue // deleted and not yet committed, or the tools as a link
		}
		must(t, err)
		data, err := os.ReadFile(filepath.Join(top, name))
		must(t, err)
		c.write(name, data, info.Mode().Perm())
	}
	tools, err := filepath.Abs(filepath.Join(top, ".tools"))
	must(t, err)
	must(t, os.Symlink(tools, filepath.Join(c.dir, ".tools")))
	return c
}

func (c *tree) write(name string, data []byte, mode fs.FileMode) {
	c.t.Helper()
	path := filepath.Join(c.dir, name)
	must(c.t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(c.t, os.WriteFile(path, data, mode))
}

func (c *tree) read(name string) string {
	c.t.Helper()
	data, err := os.ReadFile(filepath.Join(c.dir, name))
	must(c.t, err)
	return string(data)
}

// add does what CONTRIBUTING says: the schema, the folder, the line. It gives what was touched by hand, a new folder as one.
func (c *tree) add() (touched []string) {
	c.t.Helper()
	must(c.t, filepath.WalkDir("testdata", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel("testdata", path)
		must(c.t, err)
		data, err := os.ReadFile(path)
		must(c.t, err)
		c.write(name, data, 0o644)
		touch := name
		if folder := filepath.Dir(name); strings.HasPrefix(folder, "connectors") {
			touch = folder
		}
		if !slices.Contains(touched, touch) {
			touched = append(touched, touch)
		}
		return nil
	}))
	changed := strings.Replace(c.read(list), "\t\tidw.Connector{},\n", "\t\tidw.Connector{},\n\t\trefugeework.Connector{},\n", 1)
	changed = strings.Replace(changed, "\t\"doorstroom/connectors/publish\"\n", "\t\"doorstroom/connectors/publish\"\n\t\"doorstroom/connectors/refugeework\"\n", 1)
	c.write(list, []byte(changed), 0o644)
	return append(touched, list)
}

// run runs a command in the copy, which must end well.
func (c *tree) run(name string, args ...string) string {
	c.t.Helper()
	return command(c.t, c.dir, name, args...)
}

// build makes the program of a tree.
func build(t *testing.T, dir, name string) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), name)
	command(t, dir, "go", "build", "-ldflags=-w", "-o", binary, "./cmd/doorstroom")
	return binary
}

func command(t *testing.T, dir, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	var out, problem bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problem
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", name, strings.Join(args, " "), err, out.String(), problem.String())
	}
	return out.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
