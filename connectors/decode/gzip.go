package decode

import (
	"bufio"
	"bytes"
	"io"

	"github.com/klauspost/compress/gzip"
)

// gzipReader reads the members of a gzip file as one text, and tells a broken
// archive from a broken disk. It goes from member to member itself: the library
// does not tell what it found where the next one should begin.
type gzipReader struct {
	z    *gzip.Reader
	in   *bufio.Reader
	disk diskError
}

// diskError remembers what the compressed bytes themselves failed with.
type diskError struct {
	r   io.Reader
	err error
}

func (d *diskError) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		d.err = err
	}
	return n, err
}

func openGzip(r io.Reader) (*gzipReader, error) {
	g := &gzipReader{disk: diskError{r: r}}
	g.in = bufio.NewReaderSize(&g.disk, 2*HeadLength)
	head, err := g.in.Peek(HeadLength)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if !bytes.HasPrefix(head, []byte(gzipStart)) {
		return nil, Unreadable("not gzip: %s", notGzip(head))
	}
	if g.z, err = gzip.NewReader(g.in); err != nil {
		return nil, g.fault(err)
	}
	g.z.Multistream(false)
	return g, nil
}

// notGzip says what a file is that is not gzip.
func notGzip(head []byte) string {
	switch kind := Sniff(head); {
	case len(head) == 0:
		return "the file is empty; an empty text packed with gzip is not"
	case kind != "":
		return "the file is " + kind + "; pack the text itself with gzip"
	case bytes.IndexByte(head, 0) < 0:
		return "the file looks like plain text; pack it with gzip, or name the format without .gz"
	}
	return "the file begins otherwise; pack the text itself with gzip"
}

func (g *gzipReader) Read(p []byte) (int, error) {
	n, err := g.z.Read(p)
	if err == io.EOF {
		err = g.member()
	} else if err != nil {
		err = g.fault(err)
	}
	return n, err
}

// member goes on to the next member; io.EOF when there is none.
func (g *gzipReader) member() error {
	head, err := g.in.Peek(HeadLength)
	switch {
	case g.disk.err != nil:
		return g.disk.err
	case len(head) == 0:
		return err
	case len(bytes.Trim(head, "\x00")) == 0:
		return Unreadable("gzip with zero bytes behind its end; write the file without them")
	case !bytes.HasPrefix(head, []byte(gzipStart)):
		return Unreadable("gzip with other bytes behind its end, which are not another gzip member; write the file without them")
	}
	if err := g.z.Reset(g.in); err != nil {
		return g.fault(err)
	}
	g.z.Multistream(false)
	return nil
}

func (g *gzipReader) fault(err error) error {
	if g.disk.err != nil {
		return g.disk.err
	}
	switch err {
	case gzip.ErrChecksum:
		return Unreadable("gzip that does not give what its check sum says: it was damaged on its way")
	case io.ErrUnexpectedEOF, io.EOF:
		return Unreadable("gzip that breaks off: the file is not whole")
	}
	return Unreadable("gzip that is damaged")
}
