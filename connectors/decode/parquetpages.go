package decode

import (
	"bytes"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"

	"doorstroom/schemas"
)

// columnPages reads the pages of one column of one row group. It holds one page
// and the dictionary.
type columnPages struct {
	parquetColumn
	group int
	pages parquet.Pages
	page  parquet.Page

	// rows of the page, and how many have been read.
	rows, pos int
	// levels are 0 where there is no value; nil when every row has one.
	levels []byte
	// value counts the values read of the page.
	value int

	// Of a column of numbers the page's values, dictionary resolved.
	numbers []int64
	// Of a column of texts the bytes and where each text begins and ends, or
	// the same of the dictionary and which of its texts each value is.
	data, words          []byte
	offsets, wordOffsets []uint32
	indexes              []int32
	// clean tells that every text of the page, or of the dictionary, is ASCII
	// without NUL; sound tells it of each text of the dictionary otherwise.
	clean bool
	sound []bool

	dictionary        parquet.Dictionary
	dictionaryNumbers []int64
}

func (c *columnPages) fault(what string) error {
	return unreadable("row group %d, column %s: %s", c.group, c.name, what)
}

// load reads the next page that has rows.
func (c *columnPages) load() error {
	for {
		page, err := c.nextPage()
		if err == io.EOF {
			return c.fault("fewer values than rows")
		}
		if err != nil {
			return diskFault(err, "row group %d, column %s: a page that cannot be read", c.group, c.name)
		}
		c.rows, c.pos, c.value = int(page.NumRows()), 0, 0
		if c.rows == 0 {
			continue
		}
		c.levels = page.DefinitionLevels()
		values := c.rows
		if c.levels != nil {
			values = bytes.Count(c.levels, []byte{1})
		}
		if values == 0 {
			return nil
		}
		return c.take(page, values)
	}
}

// nextPage lets go of the page before.
func (c *columnPages) nextPage() (parquet.Page, error) {
	if c.page != nil {
		parquet.Release(c.page)
		c.page = nil
	}
	page, err := c.pages.ReadPage()
	c.page = page
	return page, err
}

// take makes the values of a page ready; values is how many there must be.
func (c *columnPages) take(page parquet.Page, values int) error {
	dictionary := page.Dictionary()
	if dictionary != nil && dictionary != c.dictionary {
		c.takeDictionary(dictionary)
	}
	data, have := page.Data(), 0
	switch {
	case dictionary != nil && c.read != nil:
		c.numbers = c.numbers[:0]
		for _, i := range data.Int32() {
			c.numbers = append(c.numbers, c.dictionaryNumbers[i])
		}
		have = len(c.numbers)
	case dictionary != nil:
		c.indexes = data.Int32()
		c.data, have = nil, len(c.indexes)
	case c.read != nil:
		c.numbers = c.read(c.numbers[:0], data)
		have = len(c.numbers)
	default:
		c.data, c.offsets = data.ByteArray()
		c.indexes, have = nil, len(c.offsets)-1
		c.clean = cleanASCII(c.data)
	}
	if have < values {
		return c.fault("a page with fewer values than it says")
	}
	return nil
}

// takeDictionary resolves a dictionary once for all pages that refer to it.
func (c *columnPages) takeDictionary(d parquet.Dictionary) {
	c.dictionary = d
	values := d.Page().Data()
	if c.read != nil {
		c.dictionaryNumbers = c.read(c.dictionaryNumbers[:0], values)
		return
	}
	c.words, c.wordOffsets = values.ByteArray()
	n := max(0, len(c.wordOffsets)-1)
	c.sound = slices.Grow(c.sound[:0], n)[:n]
	for i := range c.sound {
		c.sound[i] = soundText(c.words[c.wordOffsets[i]:c.wordOffsets[i+1]])
	}
}

// set puts the next value of the column in the row; false for a text that has
// no business in one.
func (c *columnPages) set(row schemas.Row) bool {
	pos := c.pos
	c.pos++
	if c.levels != nil && c.levels[pos] == 0 {
		return true
	}
	v := c.value
	c.value++
	if c.read != nil {
		c.setNumber(row, c.numbers[v])
		return true
	}
	if c.indexes != nil {
		i := c.indexes[v]
		row.SetText(c.field, c.words[c.wordOffsets[i]:c.wordOffsets[i+1]])
		return c.sound[i]
	}
	text := c.data[c.offsets[v]:c.offsets[v+1]]
	row.SetText(c.field, text)
	return c.clean || soundText(text)
}

func (c *columnPages) setNumber(row schemas.Row, v int64) {
	switch c.kind {
	case schemas.KindDate, schemas.KindInexactDate:
		row.SetDate(c.field, int32(v))
	case schemas.KindHours:
		if v == notNumber {
			row.SetWrongType(c.field)
			return
		}
		row.SetHundredths(c.field, v)
	default:
		if v < 0 && c.unsigned {
			row.SetText(c.field, strconv.AppendUint(nil, uint64(v), 10))
			return
		}
		row.SetInt(c.field, v)
	}
}

// end tells whether the column has no more values than the row group has rows.
func (c *columnPages) end() error {
	for c.pos == c.rows {
		page, err := c.nextPage()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return diskFault(err, "row group %d, column %s: a page that cannot be read", c.group, c.name)
		}
		c.rows, c.pos = int(page.NumRows()), 0
	}
	return c.fault("more values than rows")
}

func (c *columnPages) close() {
	if c.page != nil {
		parquet.Release(c.page)
	}
	// The file itself is closed by who opened it; pages hold buffers only.
	_ = c.pages.Close()
}

// cleanASCII tells that no text of a page needs a closer look.
func cleanASCII(data []byte) bool {
	for _, c := range data {
		if c == 0 || c >= 0x80 {
			return false
		}
	}
	return true
}

// soundText tells whether a text is UTF-8 without NUL.
func soundText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }
