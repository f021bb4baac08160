package api

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// index says where each item of a record lies in the stored pages of an extract.
type index struct {
	mu     sync.Mutex
	ready  bool
	files  []string
	starts []int   // number of the first item of each file
	places []int64 // per item: where it starts in its file
	sizes  []int32 // per item: its length
}

func (ix *index) total() int { return len(ix.places) }

// load makes the index on first use; false when the folder has no such extract or record.
func (ix *index) load(dir, extract, record string) (bool, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.ready {
		return true, nil
	}
	if extract != filepath.Base(extract) || strings.HasPrefix(extract, ".") {
		return false, nil
	}
	m, err := readManifest(filepath.Join(dir, extract))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	known := false
	for _, f := range m.Files {
		if f.Record != record {
			continue
		}
		known = true
		if err := ix.add(filepath.Join(dir, extract, filepath.Base(f.Name))); err != nil {
			return false, err
		}
	}
	ix.ready = known
	return known, nil
}

// add notes the items of one stored page.
func (ix *index) add(path string) error {
	in, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("index a page: %w", err)
	}
	defer in.Close()
	ix.files = append(ix.files, path)
	ix.starts = append(ix.starts, ix.total())
	d := json.NewDecoder(bufio.NewReaderSize(in, 256<<10))
	if err := enterItems(d); err != nil {
		return fmt.Errorf("index a page: %w", err)
	}
	var item json.RawMessage
	for d.More() {
		if err := d.Decode(&item); err != nil {
			return fmt.Errorf("index a page: %w", err)
		}
		ix.places = append(ix.places, d.InputOffset()-int64(len(item)))
		ix.sizes = append(ix.sizes, int32(len(item)))
	}
	return nil
}

// enterItems reads up to the first item of a page.
func enterItems(d *json.Decoder) error {
	for {
		t, err := d.Token()
		if err != nil {
			return err
		}
		if key, isText := t.(string); isText && key == "items" {
			_, err := d.Token() // the bracket
			return err
		}
	}
}

// write sends the items from number from on, at most limit, as a page.
func (ix *index) write(w http.ResponseWriter, from, limit int) error {
	to := min(from+limit, ix.total())
	w.Header().Set("Content-Type", "application/json")
	out := bufio.NewWriterSize(w, 64<<10)
	out.WriteString(`{"items":[`)
	for n, file := from, ix.fileOf(from); n < to; file++ {
		end := ix.total()
		if file+1 < len(ix.starts) {
			end = ix.starts[file+1]
		}
		if err := ix.copy(out, ix.files[file], n, min(end, to), n == from); err != nil {
			return err
		}
		n = max(n, min(end, to))
	}
	next := "null"
	if to < ix.total() {
		next = strconv.Quote(cursor(to))
	}
	fmt.Fprintf(out, `],"total":%d,"next":%s}`, ix.total(), next)
	return out.Flush()
}

// copy sends items from to to-1, which lie in one file.
func (ix *index) copy(out *bufio.Writer, path string, from, to int, first bool) error {
	in, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read a page: %w", err)
	}
	defer in.Close()
	for n := from; n < to; n++ {
		if !first || n > from {
			out.WriteByte(',')
		}
		if _, err := io.Copy(out, io.NewSectionReader(in, ix.places[n], int64(ix.sizes[n]))); err != nil {
			return fmt.Errorf("read a page: %w", err)
		}
	}
	return nil
}

// fileOf is the file that item n lies in.
func (ix *index) fileOf(n int) int {
	file := 0
	for file+1 < len(ix.starts) && ix.starts[file+1] <= n {
		file++
	}
	return file
}

// cursor writes the number of the next item so that clients see it as opaque.
func cursor(n int) string {
	return base64.RawURLEncoding.EncodeToString([]byte("item " + strconv.Itoa(n)))
}

func readCursor(text string) (int, error) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return 0, fmt.Errorf("the cursor is not one of this interface")
	}
	number, found := strings.CutPrefix(string(raw), "item ")
	n, err := strconv.Atoi(number)
	if !found || err != nil || n < 0 {
		return 0, fmt.Errorf("the cursor is not one of this interface")
	}
	return n, nil
}
