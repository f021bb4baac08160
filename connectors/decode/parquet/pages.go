package parquet

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

// batch is how many values, and how many levels, are decoded at a time.
const batch = 1024

// columnPages reads the pages of one column of one row group. It holds one page
// and the dictionary, and of the page a few values at a time.
type columnPages struct {
	*fileColumn
	group  int
	stream *pageStream
	// rows are those of the row group of which no page has been read.
	rows       int64
	dictionary *dictionary
	dataPages  int

	// left are the rows of the page behind those of the batch, values its
	// values behind those of the batch.
	left, values int
	levels       *runs
	fromNumbers  decoder[int64]
	fromTexts    decoder[[]byte]

	// The batch: row pos of size; there[pos] is 0 where it has no value, there
	// is nil when all have one.
	pos, size int
	there     []byte
	levelsOf  [batch]byte
	absent    bool // no row of the page has a value
	// Some values, of a column of texts or of one of numbers, and which comes next.
	value   int
	numbers []int64
	texts   [][]byte
	bytes   [][]byte // numbers before they are read
	sound   bool     // each of the texts is UTF-8 without NUL
	// nan tells that a number was none.
	nan bool
}

// fault says what is wrong with the page at hand.
func (c *columnPages) fault(err error) error {
	var page *pageError
	if errors.As(err, &page) {
		return decode.Unreadable("row group %d, column %s, page %d cannot be read: %s", c.group, c.name, c.stream.no, page.what)
	}
	return diskFault(err, "row group %d, column %s, page %d cannot be read", c.group, c.name, c.stream.no)
}

// next makes the next row that of the column; it reads on where that is not at hand.
func (c *columnPages) next() error {
	c.pos++
	if c.pos < c.size {
		return nil
	}
	for c.left == 0 {
		if err := c.nextPage(); err == io.EOF {
			return decode.Unreadable("row group %d, column %s: %d values fewer than rows", c.group, c.name, c.rows)
		} else if err != nil {
			return c.fault(err)
		}
	}
	if err := c.nextLevels(); err != nil {
		return c.fault(err)
	}
	return nil
}

func (c *columnPages) nextLevels() error {
	c.pos, c.size = 0, min(batch, c.left)
	c.left -= c.size
	c.there = nil
	if c.levels == nil {
		return nil
	}
	c.there = c.levelsOf[:c.size]
	return nextOfRuns(c.levels, c.there)
}

// nextPage opens the next page of values, which may have none, and a dictionary before it.
func (c *columnPages) nextPage() error {
	if err := c.endPage(); err != nil {
		return err
	}
	h, err := c.stream.next()
	if err != nil {
		return err
	}
	if h.Type == format.DictionaryPage {
		return c.openDictionary(h)
	}
	c.dataPages++
	if c.empty {
		c.left, c.absent = rowsOf(h), true
		c.rows -= int64(c.left)
		return c.stream.skip(h)
	}
	body, err := c.stream.read(h)
	if err != nil {
		return err
	}
	return c.openPage(h, body)
}

func rowsOf(h *format.PageHeader) int {
	if h.Type == format.DataPageV2 {
		return int(h.DataPageHeaderV2.V.NumValues)
	}
	return int(h.DataPageHeader.V.NumValues)
}

func (c *columnPages) openDictionary(h *format.PageHeader) error {
	if c.empty {
		return c.stream.skip(h)
	}
	if c.dictionary != nil || c.dataPages > 0 {
		return damaged("a second dictionary, or one behind values")
	}
	body, err := c.stream.read(h)
	if err != nil {
		return err
	}
	c.dictionary, err = c.newDictionary(&h.DictionaryPageHeader.V, body)
	return err
}

func (c *columnPages) openPage(h *format.PageHeader, body []byte) error {
	page, err := cutBody(h, body, c.optional)
	if err != nil {
		return err
	}
	if int64(page.rows) > c.rows {
		return damaged("%d values, and %d rows are left", page.rows, c.rows)
	}
	c.rows -= int64(page.rows)
	c.left, c.values, c.levels, c.absent = page.rows, page.there, page.levels, page.there == 0
	c.numbers, c.texts, c.value = c.numbers[:0], c.texts[:0], 0
	c.fromNumbers, c.fromTexts = nil, nil
	if c.absent {
		c.levels = nil
		return nil
	}
	encoding := h.DataPageHeader.V.Encoding
	if h.Type == format.DataPageV2 {
		encoding = h.DataPageHeaderV2.V.Encoding
	}
	return c.openValues(encoding, page.values, page.there)
}

// endPage holds that the page at hand has been read to its end.
func (c *columnPages) endPage() error {
	switch {
	case c.fromNumbers != nil:
		return onlyZeros(c.fromNumbers.rest(), "value")
	case c.fromTexts != nil:
		return onlyZeros(c.fromTexts.rest(), "value")
	}
	return nil
}

// set puts the value of the row in the record; sound is false for a text that
// has no business in one.
func (c *columnPages) set(row schemas.Row) (sound bool, err error) {
	if c.absent || (c.there != nil && c.there[c.pos] == 0) {
		return true, nil
	}
	if c.value == len(c.numbers)+len(c.texts) {
		if err := c.nextValues(); err != nil {
			return false, c.fault(err)
		}
	}
	v := c.value
	c.value++
	if !c.text {
		c.setNumber(row, c.numbers[v])
		return true, nil
	}
	text := c.texts[v]
	row.SetText(c.field, text)
	return c.sound || soundText(text), nil
}

func (c *columnPages) setNumber(row schemas.Row, v int64) {
	switch c.kind {
	case schemas.KindDate, schemas.KindInexactDate:
		if v == notNumber {
			row.SetWrongType(c.field, "a timestamp that is not at midnight")
			return
		}
		row.SetDate(c.field, int32(v))
	case schemas.KindHours:
		if v == notNumber || v == notANumber {
			c.nan = c.nan || v == notANumber
			row.SetWrongType(c.field, hoursForm(v))
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

// end holds that the column has no more values than the row group has rows.
func (c *columnPages) end() error {
	if c.left > 0 || c.pos+1 < c.size {
		return decode.Unreadable("row group %d, column %s: more values than rows", c.group, c.name)
	}
	if err := c.endPage(); err != nil {
		return c.fault(err)
	}
	c.fromNumbers, c.fromTexts = nil, nil
	for {
		if zeros, err := c.stream.atZeros(); err != nil || zeros {
			return err
		}
		if err := c.nextPage(); err != nil {
			return c.fault(err)
		}
	}
}

// soundText tells whether a text is UTF-8 without NUL.
func soundText(b []byte) bool { return utf8.Valid(b) && bytes.IndexByte(b, 0) < 0 }
