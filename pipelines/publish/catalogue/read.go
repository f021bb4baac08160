package catalogue

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed *.yaml
var files embed.FS

// rulesFile holds what is true of all entries; every other file holds entries.
const rulesFile = "catalogue.yaml"

// Error says what is wrong with a catalogue, and where.
type Error struct {
	File    string
	Line    int // 0 when it is about the whole file
	Problem string
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("catalogue, %s: %s", e.File, e.Problem)
	}
	return fmt.Sprintf("catalogue, %s, line %d: %s", e.File, e.Line, e.Problem)
}

// Read reads the catalogue in a folder, or that of the program when the folder is empty. What does not fit its form is an *Error.
func Read(folder string) (*Catalogue, error) {
	if folder == "" {
		return read(files)
	}
	return read(os.DirFS(folder))
}

func read(from fs.FS) (*Catalogue, error) {
	names, err := fs.Glob(from, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list the files of the catalogue: %w", err)
	}
	if !slices.Contains(names, rulesFile) {
		return nil, &Error{File: rulesFile, Problem: "is not there; it gives version, threshold, base and the titles of dimensions"}
	}
	r := reader{all: &Catalogue{}, at: map[*Entry]place{}}
	hash := sha256.New()
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, fmt.Errorf("read the catalogue: %w", err)
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(text), text)
		if err := r.file(name, text); err != nil {
			return nil, err
		}
	}
	r.all.Hash = hex.EncodeToString(hash.Sum(nil))
	slices.SortStableFunc(r.all.Entries, func(a, b *Entry) int {
		if a.Importance != b.Importance {
			return a.Importance - b.Importance
		}
		return strings.Compare(a.Name, b.Name)
	})
	return r.all, r.check()
}

// reader remembers where entries stand, for errors about them.
type reader struct {
	all *Catalogue
	at  map[*Entry]place
}

type place struct {
	file string
	line int
}

func (r *reader) file(name string, text []byte) error {
	if name == rulesFile {
		return decode(name, text, r.all)
	}
	var entries []*Entry
	if err := decode(name, text, &entries); err != nil {
		return err
	}
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return &Error{File: name, Problem: err.Error()}
	}
	for i, e := range entries {
		line := document.Content[0].Content[i].Line
		if e == nil {
			return &Error{name, line, "is an empty entry; give it a name, or leave it out"}
		}
		r.at[e] = place{name, line}
		r.all.Entries = append(r.all.Entries, e)
	}
	return nil
}

// decode takes known keys only. The errors of the YAML reader name their lines themselves.
func decode(name string, text []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	err := decoder.Decode(into)
	var wrong *yaml.TypeError
	switch {
	case errors.As(err, &wrong):
		return &Error{File: name, Problem: strings.Join(wrong.Errors, "; ")}
	case err != nil:
		return &Error{File: name, Problem: err.Error()}
	}
	return nil
}

// ReadEntry reads an entry of an earlier release, as Written gives it.
func ReadEntry(text string) (*Entry, error) {
	e := &Entry{}
	if err := decode("an earlier release", []byte(text), e); err != nil {
		return nil, err
	}
	return e, nil
}

// Written is the entry as text, to be kept with a release.
func (e *Entry) Written() (string, error) {
	text, err := yaml.Marshal(e)
	return string(text), err
}

// Shape is what a table counts and how it is laid out: two entries of one shape can be compared from release to release.
// The words about them, and their importance, may differ.
func (e *Entry) Shape() string {
	bare := *e
	bare.Title, bare.Unit, bare.Definition, bare.Importance, bare.Comparable = Text{}, Text{}, Text{}, 0, nil
	text, _ := yaml.Marshal(bare) // of strings only, which never fails
	return string(text)
}
