package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// journal keeps what came of each mutant while the whole list is tried, so that
// a run that was broken off goes on where it stopped. What was tried of other
// sources does not count, and a run that came to its end leaves nothing.
type journal struct {
	path    string
	sources [sha256.Size]byte
	known   map[string]outcome
}

// sourceFolders hold everything that the tests of the suites are made of.
var sourceFolders = []string{"go.mod", "go.sum", "cmd", "connectors", "dbt", "pipelines", "schemas", filepath.Join("deploy", "embedded")}

// openJournal reads the journal in a folder, if there is one.
func openJournal(root, folder string) (*journal, error) {
	j := &journal{path: filepath.Join(folder, "mutation.journal"), known: make(map[string]outcome)}
	h := sha256.New()
	for _, name := range sourceFolders {
		if err := hashFiles(h, filepath.Join(root, name)); err != nil {
			return nil, fmt.Errorf("hash the sources: %w", err)
		}
	}
	h.Sum(j.sources[:0])
	f, err := os.Open(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return j, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if key, found, whole := strings.Cut(lines.Text(), " "); whole {
			j.known[key] = outcome(found)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return j, nil
}

// hashFiles adds the names and contents below a path, in the order of the names.
func hashFiles(w io.Writer, path string) error {
	return filepath.WalkDir(path, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s %d\n", filepath.Base(path), len(content))
		_, err = w.Write(content)
		return err
	})
}

// key names a mutant of these sources under these tests.
func (j *journal) key(s *suite, m *mutant) string {
	h := sha256.New()
	fmt.Fprintf(h, "%x %q %q %q %q", j.sources, s.Package, s.Runs, m.File, m.Edits)
	return hex.EncodeToString(h.Sum(nil))
}

// note writes what came of a mutant.
func (j *journal) note(s *suite, m *mutant) error {
	if err := os.MkdirAll(filepath.Dir(j.path), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(j.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%s %s\n", j.key(s, m), m.Outcome)
	return errors.Join(err, f.Close())
}

// remove takes the journal away.
func (j *journal) remove() error {
	if err := os.Remove(j.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
