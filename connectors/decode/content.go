package decode

import (
	"io"
	"unicode/utf8"
)

// bom is the byte order mark that may open a text.
const bom = "\xef\xbb\xbf"

// content opens the bytes of a file, decompressed. Faults of gzip come out of
// Read as a *Fault, those of the disk as they are.
func (in *Input) content(compressed bool) (io.Reader, error) {
	var r io.Reader = &counter{r: io.NewSectionReader(in.File, 0, in.Size), advance: in.Advance}
	if !compressed {
		return r, nil
	}
	return openGzip(r)
}

// counter reports progress.
type counter struct {
	r       io.Reader
	advance func(int64)
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.advance != nil {
		c.advance(int64(n))
	}
	return n, err
}

// utf8Check tells of a text that is written to it in pieces whether it is UTF-8.
type utf8Check struct {
	rest [utf8.UTFMax]byte
	n    int
	bad  bool
}

func (u *utf8Check) Write(p []byte) (int, error) {
	total := len(p)
	for u.n > 0 && len(p) > 0 && !u.bad {
		// Finish the character that the last piece broke off.
		u.rest[u.n] = p[0]
		u.n++
		p = p[1:]
		if utf8.FullRune(u.rest[:u.n]) {
			u.bad = !utf8.Valid(u.rest[:u.n])
			u.n = 0
		}
	}
	if u.bad || len(p) == 0 {
		return total, nil
	}
	tail := len(p)
	for back := 1; back < utf8.UTFMax && back <= len(p); back++ {
		if utf8.RuneStart(p[len(p)-back]) {
			if !utf8.FullRune(p[len(p)-back:]) {
				tail = len(p) - back
			}
			break
		}
	}
	u.bad = !utf8.Valid(p[:tail])
	u.n = copy(u.rest[:], p[tail:])
	return total, nil
}

func (u *utf8Check) valid() bool { return !u.bad && u.n == 0 }

// Check reads a text file to its end: whether the content is UTF-8, and a
// *Fault for a broken gzip.
func Check(r io.Reader, compressed bool) (isUTF8 bool, err error) {
	if compressed {
		if r, err = openGzip(r); err != nil {
			return false, err
		}
	}
	var check utf8Check
	if _, err := io.CopyBuffer(&check, r, make([]byte, 64<<10)); err != nil {
		return false, err
	}
	return check.valid(), nil
}
