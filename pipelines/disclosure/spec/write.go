package spec

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"go.yaml.in/yaml/v3"

	"doorstroom/pipelines/disclosure/cells"
)

// Write puts the tables as a view shows them into a folder, with a copy of the
// SPEC and of its hierarchies. Tables that were published before stay as they
// were, byte for byte. Check is given the path of the copy before anything
// appears under its name, and can still refuse all of it.
func (s *Spec) Write(folder string, v *cells.View, check func(path string) error) (err error) {
	texts, err := s.texts(v)
	if err != nil {
		return err
	}
	if err := s.elsewhere(folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return fmt.Errorf("make the folder for protected tables: %w", err)
	}
	hidden, err := os.MkdirTemp(folder, ".protect-")
	if err != nil {
		return fmt.Errorf("make a folder for protected tables in the making: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(hidden)) }()
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(hidden, name), text, 0o600); err != nil {
			return fmt.Errorf("write a protected table: %w", err)
		}
	}
	if err := check(filepath.Join(hidden, fileName)); err != nil {
		return err
	}
	return reveal(hidden, folder, texts)
}

// elsewhere makes sure that the true counts are not overwritten.
func (s *Spec) elsewhere(folder string) error {
	from, err := os.Stat(s.folder)
	if err != nil {
		return fmt.Errorf("look at the folder of the SPEC: %w", err)
	}
	if to, err := os.Stat(folder); err == nil && os.SameFile(from, to) {
		return refuse("", fmt.Sprintf("--out %s is the folder of the SPEC, and its tables would be overwritten; name another folder", folder))
	}
	return nil
}

// reveal moves finished files to where they belong.
func reveal(hidden, folder string, texts map[string][]byte) error {
	for name := range texts {
		if err := os.Rename(filepath.Join(hidden, name), filepath.Join(folder, name)); err != nil {
			return fmt.Errorf("put a protected table into its place: %w", err)
		}
	}
	return nil
}

// texts makes all files.
func (s *Spec) texts(v *cells.View) (map[string][]byte, error) {
	texts := map[string][]byte{}
	for name, f := range s.files {
		texts[name] = f.text
	}
	changed := map[string][][]string{}
	for i, t := range s.Model.Tables {
		if !t.Decided {
			if err := s.decide(changed, s.written.Tables[i], t, v); err != nil {
				return nil, err
			}
		}
	}
	for name, records := range changed {
		text, err := s.files[name].write(records)
		if err != nil {
			return nil, fmt.Errorf("write %s as CSV: %w", name, err)
		}
		texts[name] = text
	}
	var err error
	texts[fileName], err = s.copy(len(changed) > 0)
	return texts, err
}

// decide fills in counts and statuses of a table.
func (s *Spec) decide(changed map[string][][]string, w writtenTable, t cells.Table, v *cells.View) error {
	f := s.files[w.File]
	at, err := f.columns([]string{w.Count, w.Status}, w.Name)
	if err != nil {
		return err
	}
	if changed[w.File] == nil {
		for _, record := range f.records {
			changed[w.File] = append(changed[w.File], slices.Clone(record))
		}
	}
	for i, row := range t.Rows {
		record := changed[w.File][i+1]
		record[at[0]], record[at[1]] = "", "suppressed"
		if v.Shown[row.Cell] {
			record[at[0]], record[at[1]] = strconv.FormatInt(v.Figure[row.Cell], 10), "published"
		}
	}
	return nil
}

// copy gives the SPEC for the folder of the protected tables. In those that
// were protected not only primary cells are suppressed, so it does not say
// primary_only any more.
func (s *Spec) copy(decided bool) ([]byte, error) {
	if !decided || !s.written.PrimaryOnly {
		return s.text, nil
	}
	var document yaml.Node
	if err := yaml.Unmarshal(s.text, &document); err != nil {
		return nil, fmt.Errorf("read the SPEC once more: %w", err)
	}
	fields := document.Content[0].Content
	for i := 0; i < len(fields); i += 2 {
		if fields[i].Value == "primary_only" {
			document.Content[0].Content = slices.Delete(fields, i, i+2)
			break
		}
	}
	return yaml.Marshal(&document)
}
