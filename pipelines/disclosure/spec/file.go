package spec

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
)

var mark = []byte("\xef\xbb\xbf") // UTF-8, as spreadsheets mark it

// file is a CSV file as it was read.
type file struct {
	text    []byte
	records [][]string // the header first
}

// open reads a file beside the SPEC, once.
func (s *Spec) open(name, table string) (*file, error) {
	if f, known := s.files[name]; known {
		return f, nil
	}
	text, err := os.ReadFile(filepath.Join(s.folder, name))
	if err != nil {
		return nil, refuse(table, fmt.Sprintf("read its file: %v", err))
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, mark))).ReadAll()
	switch {
	case err != nil:
		return nil, refuse(table, fmt.Sprintf("%s is not CSV with commas and the same fields in every line: %v", name, err))
	case len(records) == 0:
		return nil, refuse(table, fmt.Sprintf("%s is empty; it needs a header and a row for each cell", name))
	}
	f := &file{text, records}
	s.files[name] = f
	return f, nil
}

// column finds a column by its name in the header.
func (f *file) column(name, table string) (int, error) {
	at := -1
	for i, field := range f.records[0] {
		if field != name {
			continue
		}
		if at >= 0 {
			return 0, refuse(table, fmt.Sprintf("its file has the column %q twice; leave one", name))
		}
		at = i
	}
	if at < 0 {
		return 0, refuse(table, fmt.Sprintf("its file has no column %q; correct the SPEC or the header", name))
	}
	return at, nil
}

// columns finds several.
func (f *file) columns(names []string, table string) ([]int, error) {
	found := make([]int, len(names))
	for i, name := range names {
		var err error
		if found[i], err = f.column(name, table); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// write gives the text of the file with other fields, in the manner of the original.
func (f *file) write(records [][]string) ([]byte, error) {
	var out bytes.Buffer
	if bytes.HasPrefix(f.text, mark) {
		out.Write(mark)
	}
	w := csv.NewWriter(&out)
	w.UseCRLF = bytes.Contains(f.text, []byte("\r\n"))
	err := w.WriteAll(records)
	return out.Bytes(), err
}
