package decode

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"

	"doorstroom/schemas"
)

// JSON is what the interface of DUO and IDW gives: {"items": [...], "total": n,
// "next": ...}, one page a file.
var JSON = Format{Name: "json", Text: true, Paged: true, Dates: jsonDates, Parts: whole(readPage)}

// pageReader reads one page as a stream: only one item is in memory.
type pageReader struct {
	in      *bufio.Reader
	objects *jsonReader // nil to leave items unread but for their form
	emit    Emit
	raw     []byte
	seen    map[string]bool
	keys    int // how many bytes the keys of the page take
	total   int64
	cursor  string
}

// Page is what a page says of itself.
type Page struct {
	Items, Total int64
	// Next is the cursor of the next page, empty on the last.
	Next string
}

// ReadPage reads a page without looking into its items.
func ReadPage(r io.Reader) (Page, error) {
	var page Page
	p := newPageReader(r, nil, func(schemas.Row, schemas.Rule) error { page.Items++; return nil })
	if err := p.read(); err != nil {
		return Page{}, err
	}
	page.Total, page.Next = p.total, p.cursor
	return page, nil
}

func readPage(in *Input, emit Emit) (Result, error) {
	content, err := in.content(false)
	if err != nil {
		return Result{}, err
	}
	p := newPageReader(content, newJSONReader(in.Record), emit)
	err = p.read()
	result := p.objects.result()
	result.PageTotal = p.total
	return result, err
}

func newPageReader(r io.Reader, objects *jsonReader, emit Emit) *pageReader {
	return &pageReader{in: bufio.NewReaderSize(r, 64<<10), objects: objects, emit: emit, seen: map[string]bool{}}
}

// read reads the page to its end; what is not a page is a *Fault.
func (p *pageReader) read() error {
	head, _ := p.in.Peek(HeadLength) // what fails here fails again where it is read
	head = bytes.Clone(head)
	err := p.page()
	if errors.Is(err, errSyntax) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Unreadable("no JSON page%s", noPage(head))
	}
	return err
}

// noPage says what the beginning of a file shows that is not a page.
func noPage(head []byte) string {
	kind := sniffed(head, `the page {"items": [...], "total": n, "next": ...} as the interface gave it`)
	switch text := bytes.TrimLeft(head, " \t\r\n"); {
	case bytes.HasPrefix(head, []byte(bom)):
		return ": it begins with a byte order mark (BOM); leave it out"
	case kind != "":
		return ": " + kind
	case len(text) == 0:
		return ": the file is empty"
	case text[0] == '[':
		return ": it is a list; a page is an object with items, total and next"
	}
	return ": it breaks off, or is not JSON at one place"
}

func (p *pageReader) page() error {
	if err := p.expect('{'); err != nil {
		return err
	}
	for {
		if err := p.member(); err != nil {
			return err
		}
		c, err := p.next()
		if err != nil {
			return err
		}
		if c == '}' {
			break
		}
		if c != ',' {
			return errSyntax
		}
	}
	for _, key := range []string{"items", "total", "next"} {
		if !p.seen[key] {
			return Unreadable("a page without %q", key)
		}
	}
	if _, err := p.next(); err == nil {
		return Unreadable("text behind the page")
	} else if err != io.EOF {
		return err
	}
	return nil
}

// member reads one key of the page and its value.
func (p *pageReader) member() error {
	key, err := p.key()
	if err != nil {
		return err
	}
	if p.seen[key] {
		return Unreadable("a page with one of its keys twice")
	}
	if p.keys += len(key); len(p.seen) > unknownLimit || p.keys > objectLimit {
		return Unreadable("a page with more than %d keys, or more than %d bytes of them", unknownLimit, objectLimit)
	}
	p.seen[key] = true
	if err := p.expect(':'); err != nil {
		return err
	}
	if key == "items" {
		return p.items()
	}
	if err := p.value(); err != nil {
		return err
	}
	return p.check(key)
}

// key reads a key of the page itself.
func (p *pageReader) key() (string, error) {
	if err := p.value(); err != nil {
		return "", err
	}
	j := &jsonReader{b: p.raw}
	key, _, err := j.text()
	if err != nil || j.i != len(p.raw) || j.rawNUL {
		return "", errSyntax
	}
	return string(key), nil
}

// check holds total and next against the interface, and anything else against JSON.
func (p *pageReader) check(key string) error {
	if err := p.syntax(); err != nil {
		return err
	}
	switch key {
	case "total":
		n, err := strconv.ParseInt(string(p.raw), 10, 64)
		if err != nil || n < 0 {
			return Unreadable("a page whose total is not a count")
		}
		p.total = n
	case "next":
		if len(p.raw) > objectLimit || (p.raw[0] != '"' && p.raw[0] != 'n') {
			return Unreadable("a page whose next is not a text")
		}
		j := &jsonReader{b: p.raw}
		cursor, _, _ := j.text()
		p.cursor = string(cursor)
	}
	return nil
}

// syntax tells whether the value just read is JSON, if it was short enough to keep.
func (p *pageReader) syntax() error {
	if len(p.raw) > objectLimit {
		return nil
	}
	j := &jsonReader{b: p.raw}
	if err := j.skip(2); errors.Is(err, errSyntax) || j.rawNUL || (err == nil && j.i != len(p.raw)) {
		return errSyntax
	}
	return nil
}

func (p *pageReader) items() error {
	if err := p.expect('['); err != nil {
		return err
	}
	c, err := p.next()
	if err != nil || c == ']' {
		return err
	}
	for {
		if err := p.in.UnreadByte(); err != nil {
			return err
		}
		if err := p.item(); err != nil {
			return err
		}
		if c, err = p.next(); err != nil || c == ']' {
			return err
		}
		if c != ',' {
			return errSyntax
		}
		if _, err = p.next(); err != nil {
			return err
		}
	}
}

func (p *pageReader) item() error {
	if err := p.value(); err != nil {
		return err
	}
	if p.objects == nil {
		return errors.Join(p.syntax(), p.emit(nil, ""))
	}
	if len(p.raw) > objectLimit {
		return p.emit(p.objects.row, schemas.BadJSON)
	}
	rule, err := p.objects.read(p.raw)
	if errors.Is(err, errSyntax) || p.objects.rawNUL {
		return errSyntax
	}
	return p.emit(p.objects.row, rule)
}

// next gives the next byte that is not a blank.
func (p *pageReader) next() (byte, error) {
	for {
		c, err := p.in.ReadByte()
		if err != nil || !isSpace(c) {
			return c, err
		}
	}
}

// expect passes over the next byte that is not a blank, which must be c.
func (p *pageReader) expect(c byte) error {
	got, err := p.next()
	if err == nil && got != c {
		err = errSyntax
	}
	return err
}

// value reads the text of the next value into raw, of which no more than
// objectLimit and a byte is kept. It sees only where the value ends.
func (p *pageReader) value() error {
	c, err := p.next()
	if err != nil {
		return err
	}
	p.raw = append(p.raw[:0], c)
	switch c {
	case '"':
		return p.untilQuote()
	case '{', '[':
		return p.untilClosed()
	}
	for {
		c, err := p.in.ReadByte()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if isSpace(c) || bytes.IndexByte([]byte(",]}:"), c) >= 0 {
			return p.in.UnreadByte()
		}
		p.keep(c)
	}
}

func (p *pageReader) keep(c byte) {
	if len(p.raw) <= objectLimit {
		p.raw = append(p.raw, c)
	}
}

func (p *pageReader) untilQuote() error {
	for escaped := false; ; {
		c, err := p.in.ReadByte()
		if err != nil {
			return err
		}
		p.keep(c)
		switch {
		case escaped:
			escaped = false
		case c == '\\':
			escaped = true
		case c == '"':
			return nil
		}
	}
}

func (p *pageReader) untilClosed() error {
	for depth := 1; depth > 0; {
		c, err := p.in.ReadByte()
		if err != nil {
			return err
		}
		p.keep(c)
		switch c {
		case '"':
			if err := p.untilQuote(); err != nil {
				return err
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
	}
	return nil
}
