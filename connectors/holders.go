package connectors

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/klauspost/compress/gzip"

	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/connectors/landing"
	"doorstroom/connectors/source"
	"doorstroom/schemas"
)

// Holder is a file below a landing folder in which one of some pseudonyms stands.
type Holder struct {
	Supplier string
	// Folder is that of the delivery, a hidden one included, File the path of the file in it.
	Folder, File string
	// Copy tells a copy of ours, which Remove may take away, from a file of the supplier.
	Copy bool
	// Unclear tells that not all of the file could be read: whether a pseudonym stands in it is not known.
	Unclear bool
}

// Holders searches every file below the suppliers' folders of a landing folder,
// whatever a manifest says of it, for some pseudonyms. Texts are searched as
// they are, packed or not, Parquet in its two columns of pseudonyms. It reads
// every byte.
func Holders(ctx context.Context, dir string, wanted []schemas.Pseudonym) ([]Holder, error) {
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the landing folder; make it or name another with --landing: %w", err)
	}
	defer root.Close()
	var texts [][]byte
	for _, p := range wanted {
		texts = append(texts, p.AppendText(nil))
	}
	var found []Holder
	for _, supplier := range schemas.Suppliers {
		below, err := landing.Below(root, supplier)
		if landing.Outside(err) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("open the folder of %s: %w", supplier, err)
		}
		held, err := holdersOf(ctx, below, supplier, texts)
		below.Close()
		if err != nil {
			return nil, fmt.Errorf("search the files of %s: %w", supplier, err)
		}
		found = append(found, held...)
	}
	return found, nil
}

func holdersOf(ctx context.Context, root *os.Root, supplier string, texts [][]byte) (found []Holder, err error) {
	err = fs.WalkDir(landing.FS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		folder, file, _ := strings.Cut(name, "/")
		h := Holder{Supplier: supplier, Folder: folder, File: file}
		holds, readable, err := searchFile(root, name, texts)
		if err != nil || !holds && readable {
			return err
		}
		h.Unclear = !holds
		h.Copy, err = source.Copied(root, folder)
		found = append(found, h)
		return err
	})
	return found, err
}

// Remove takes a file away that is a copy of ours. Its manifest stays, so that the delivery is neither read nor fetched again.
func Remove(dir string, h Holder) error {
	if !h.Copy {
		return errors.New("a supplier's file is not ours to remove")
	}
	root, err := landing.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the landing folder: %w", err)
	}
	defer root.Close()
	if err := root.Remove(path.Join(h.Supplier, h.Folder, h.File)); err != nil {
		return fmt.Errorf("remove a copy: %w", err)
	}
	return nil
}

const (
	gzipMagic, parquetMagic = "\x1f\x8b", "PAR1"
	searchChunk             = 256 << 10
	// longestForm is a pseudonym of which JSON writes every character as \u0061.
	longestForm = 6 * schemas.PseudonymLen
)

// searchFile tells whether a file holds one of the texts, and whether all of it could be read.
func searchFile(root *os.Root, name string, texts [][]byte) (holds, readable bool, err error) {
	f, err := landing.Open(root, name)
	if err != nil {
		return false, false, err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, searchChunk)
	magic, err := in.Peek(len(parquetMagic))
	if err != nil && err != io.EOF {
		return false, false, err
	}
	switch {
	case string(magic) == parquetMagic:
		return searchParquet(f, texts)
	case bytes.HasPrefix(magic, []byte(gzipMagic)):
		z, err := gzip.NewReader(in)
		if err != nil {
			return false, false, nil
		}
		holds, err = searchText(z, texts)
		return holds, err == nil, nil
	}
	holds, err = searchText(in, texts)
	return holds, err == nil, err
}

// searchText looks for the texts in any case, and as JSON may write them.
func searchText(in io.Reader, texts [][]byte) (bool, error) {
	buffer, kept := make([]byte, longestForm+searchChunk), 0
	for {
		n, err := in.Read(buffer[kept : kept+searchChunk])
		window := unescaped(bytes.ToLower(buffer[:kept+n]))
		for _, text := range texts {
			if bytes.Contains(window, text) {
				return true, nil
			}
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		// What began at the end goes on in what is read next.
		kept = copy(buffer, buffer[max(0, kept+n-longestForm):kept+n])
	}
}

// unescaped writes \u0061 and the like, of ASCII, as the character.
func unescaped(text []byte) []byte {
	const mark = `\u00`
	if !bytes.Contains(text, []byte(mark)) {
		return text
	}
	out := make([]byte, 0, len(text))
	for len(text) > 0 {
		at := bytes.Index(text, []byte(mark))
		if at < 0 || at+len(mark)+2 > len(text) {
			break
		}
		out = append(out, text[:at]...)
		digits := text[at+len(mark) : at+len(mark)+2]
		text = text[at+len(mark)+2:]
		out = append(out, hexValue(digits[0])<<4|hexValue(digits[1]))
	}
	return bytes.ToLower(append(out, text...))
}

// hexValue reads a digit of lower case; what is none becomes something that no pseudonym has.
func hexValue(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 0
}

// searchParquet reads the two columns of pseudonyms.
func searchParquet(f *os.File, texts [][]byte) (holds, readable bool, err error) {
	info, err := f.Stat()
	if err != nil {
		return false, false, err
	}
	spy := &spyRow{texts: texts}
	record := &schemas.Record{New: func() schemas.Row { return spy }, Fields: []schemas.Field{
		{}, {}, // found by no column
		{Column: "pseudoniem_v", Kind: schemas.KindPseudonym}, {Column: "pseudoniem_b", Kind: schemas.KindPseudonym},
	}}
	parts, err := parquet.Format.Parts(&decode.Input{Record: record, ColumnsAbsent: []string{""}, File: f, Size: info.Size()})
	for _, part := range parts {
		if err == nil && !spy.found {
			_, err = part.Read(func(schemas.Row, schemas.Rule) error { return nil })
		}
	}
	var fault *decode.Fault
	if errors.As(err, &fault) {
		return spy.found, false, nil
	}
	return spy.found, err == nil, err
}

// spyRow takes the texts of a record and only looks whether one is wanted.
type spyRow struct {
	schemas.Row // nothing else of it is asked for
	texts       [][]byte
	found       bool
}

// Reset implements schemas.Row.
func (*spyRow) Reset(schemas.Syntax) {}

// SetText implements schemas.Row.
func (s *spyRow) SetText(_ int, text []byte) {
	for _, t := range s.texts {
		s.found = s.found || bytes.EqualFold(bytes.TrimSpace(text), t)
	}
}
