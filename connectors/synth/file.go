package synth

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/gzip"
)

// bufferBytes is how much of a file waits in memory before it is appended on disk, so that thousands of files can grow side by side without as many
// open handles. Compressed files get more, because each append is a gzip member of its own.
const (
	bufferBytes     = 16 << 10
	gzipBufferBytes = 256 << 10
)

// file is one file of a delivery while it is made. The rows of UWV, DUO and IDW are spooled first and get their form later.
type file struct {
	delivery *delivery
	record   recordKind
	name     string // of DUO and IDW: the part before the page number
	format   string
	index    int   // in plan.files
	order    []int // of the columns in municipal CSV

	path    string
	spooled bool
	buf     []byte
	sum     hash.Hash
	bytes   int64
	rows    int64
	control int64
	pages   []finished
}

// finished is a file as the manifest names it.
type finished struct {
	name, record, format, sha256 string
	bytes, rows                  int64
	column                       string // of the control total; empty for none
	total                        int64
}

// append takes text with its rows and the sum of their control column.
func (f *file) append(text []byte, rows, control int64) error {
	f.rows += rows
	f.control += control
	f.buf = append(f.buf, text...)
	limit := bufferBytes
	if !f.spooled && isGzip(f.format) {
		limit = gzipBufferBytes
	}
	if len(f.buf) < limit {
		return nil
	}
	return f.flush()
}

func isGzip(format string) bool { return format == "jsonl.gz" || format == "csv.gz" }

// flush appends the buffer to the file on disk.
func (f *file) flush() error {
	text := f.buf
	if !f.spooled && isGzip(f.format) {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		if _, err := z.Write(text); err != nil {
			return fmt.Errorf("compress %s: %w", f.name, err)
		}
		if err := z.Close(); err != nil {
			return fmt.Errorf("compress %s: %w", f.name, err)
		}
		text = packed.Bytes()
	}
	out, err := os.OpenFile(f.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("open a file of delivery %s: %w", f.delivery.id, err)
	}
	_, err = out.Write(text)
	if closeErr := out.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("write %s of delivery %s: %w", f.name, f.delivery.id, err)
	}
	if f.sum == nil {
		f.sum = sha256.New()
	}
	f.sum.Write(text)
	f.bytes += int64(len(text))
	f.buf = f.buf[:0]
	return nil
}

// finish writes the rest and describes the file for the manifest.
func (f *file) finish() ([]finished, error) {
	if f.spooled {
		return f.pages, nil
	}
	if len(f.buf) > 0 || f.sum == nil {
		if err := f.flush(); err != nil {
			return nil, err
		}
	}
	f.buf = nil
	return []finished{{name: f.name, record: columns[f.record].record, format: f.format, sha256: hex.EncodeToString(f.sum.Sum(nil)), bytes: f.bytes, rows: f.rows}}, nil
}

// hashedFile is a new file that counts and hashes what is written to it.
type hashedFile struct {
	out   *os.File
	sum   hash.Hash
	bytes int64
	both  io.Writer
}

func createHashed(dir, name string) (*hashedFile, error) {
	out, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", name, err)
	}
	h := &hashedFile{out: out, sum: sha256.New()}
	h.both = io.MultiWriter(out, h.sum)
	return h, nil
}

func (h *hashedFile) Write(b []byte) (int, error) {
	n, err := h.both.Write(b)
	h.bytes += int64(n)
	return n, err
}

func (h *hashedFile) hex() string { return hex.EncodeToString(h.sum.Sum(nil)) }
