// Package spec reads a SPEC and the tables that it names into the model of
// cells, and writes the protected ones. It is the only part of disclosure
// control that touches files; it decides nothing about cells.
package spec

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"

	"doorstroom/pipelines/disclosure/cells"
)

// written is a SPEC as it stands in its file.
type written struct {
	Tables      []writtenTable     `yaml:"tables"`
	Threshold   *int64             `yaml:"threshold"`
	Base        *int64             `yaml:"base"`
	Range       *int64             `yaml:"range"`
	Hierarchies []writtenHierarchy `yaml:"hierarchies"`
	Constant    [][]string         `yaml:"constant"`
	Within      map[string]string  `yaml:"within"`
	PrimaryOnly bool               `yaml:"primary_only"`
}

type writtenTable struct {
	Name       string   `yaml:"name"`
	File       string   `yaml:"file"`
	Dimensions []string `yaml:"dimensions"`
	Count      string   `yaml:"count"`
	Status     string   `yaml:"status"`
	Release    string   `yaml:"release"`
	Population string   `yaml:"population"`
}

type writtenHierarchy struct {
	Dimension string `yaml:"dimension"`
	File      string `yaml:"file"`
}

// Spec is a SPEC with everything that it refers to.
type Spec struct {
	Model *cells.Model

	text    []byte
	written written
	folder  string
	files   map[string]*file
}

// fileName is what protect calls the copy of a SPEC.
const fileName = "spec.yaml"

// Read reads a SPEC and its tables. It returns a *cells.Refusal for tables and
// settings that cannot be worked with.
func Read(path string) (*Spec, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, refuse("", fmt.Sprintf("read the SPEC: %v", err))
	}
	s := &Spec{text: text, folder: filepath.Dir(path), files: map[string]*file{}}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&s.written); err != nil && !errors.Is(err, io.EOF) {
		return nil, refuse("", fmt.Sprintf("%s is not a SPEC: %v", path, err))
	}
	if err := s.written.check(); err != nil {
		return nil, err
	}
	in, err := s.input()
	if err != nil {
		return nil, err
	}
	s.Model, err = cells.Build(in)
	return s, err
}

func refuse(table, problem string) error {
	return &cells.Refusal{Table: table, Problem: problem}
}

// input reads the files that a SPEC names.
func (s *Spec) input() (cells.Input, error) {
	w := &s.written
	in := cells.Input{Rules: w.rules(), Constant: w.Constant, Within: w.Within}
	for _, h := range w.Hierarchies {
		read, err := s.hierarchy(h)
		if err != nil {
			return in, err
		}
		in.Hierarchies = append(in.Hierarchies, read)
	}
	for _, t := range w.Tables {
		read, err := s.table(t)
		if err != nil {
			return in, err
		}
		in.Tables = append(in.Tables, read)
	}
	return in, nil
}

func (w *written) rules() cells.Rules {
	r := cells.Rules{PrimaryOnly: w.PrimaryOnly}
	for _, set := range []struct {
		to   *int64
		from *int64
	}{{&r.Threshold, w.Threshold}, {&r.Base, w.Base}, {&r.Range, w.Threshold}, {&r.Range, w.Range}} {
		if set.from != nil {
			*set.to = *set.from
		}
	}
	return r
}

// check holds a SPEC against its form.
func (w *written) check() error {
	if len(w.Tables) == 0 {
		return refuse("", "the SPEC has no tables; give at least one")
	}
	for _, n := range []struct {
		name  string
		value *int64
		least int64
	}{{"threshold", w.Threshold, 1}, {"base", w.Base, 1}, {"range", w.Range, 0}} {
		if n.value != nil && (*n.value < n.least || *n.value > greatest) {
			return refuse("", fmt.Sprintf("%s: %d; it must be %d or more; leave the line out to do without", n.name, *n.value, n.least))
		}
	}
	for _, h := range w.Hierarchies {
		if err := beside("hierarchies", h.File); err != nil {
			return err
		}
	}
	columns := map[string]bool{}
	for _, t := range w.Tables {
		if err := t.check(columns); err != nil {
			return err
		}
	}
	return nil
}

// check holds a table of a SPEC against its form. No two tables may have their status in one column of one file.
func (t writtenTable) check(columns map[string]bool) error {
	for _, need := range []struct{ key, value string }{{"name", t.Name}, {"file", t.File}, {"count", t.Count}, {"status", t.Status}} {
		if need.value == "" {
			return refuse(t.Name, fmt.Sprintf("the SPEC gives the table no %s", need.key))
		}
	}
	if err := beside("table "+t.Name, t.File); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, column := range append([]string{t.Count, t.Status}, t.Dimensions...) {
		if column == "" || seen[column] {
			return refuse(t.Name, fmt.Sprintf("the SPEC uses the column %q twice; dimensions, count and status are columns of different names", column))
		}
		seen[column] = true
	}
	for _, column := range []string{t.Count, t.Status} {
		if columns[t.File+"\x00"+column] {
			return refuse(t.Name, fmt.Sprintf("another table has its count or status in the column %q of %s; give each table its own", column, t.File))
		}
		columns[t.File+"\x00"+column] = true
	}
	return nil
}

// beside makes sure that a file lies beside the SPEC.
func beside(what, name string) error {
	if name == "" || name != filepath.Base(name) || strings.ContainsAny(name, `/\`) || name == "." || name == ".." {
		return refuse("", fmt.Sprintf("%s: file %q; it must be the name of a file beside the SPEC, without a folder", what, name))
	}
	if name == fileName {
		return refuse("", fmt.Sprintf("%s: file %q is what the copy of the SPEC is called; give it another name", what, name))
	}
	return nil
}
