package parquet

import (
	"encoding/binary"

	"github.com/parquet-go/parquet-go/format"
)

// dictionary holds the values that the pages of a column chunk refer to.
type dictionary struct {
	n int
	// Of a column of numbers these; of texts the page and where each begins in it.
	numbers []int64
	page    []byte
	starts  []uint32
	sound   bool // every text is UTF-8 without NUL
}

// newDictionary reads the page of a dictionary, whose values are always PLAIN.
func (c *fileColumn) newDictionary(h *format.DictionaryPageHeader, body []byte) (*dictionary, error) {
	if h.Encoding != format.Plain && h.Encoding != format.PlainDictionary { //nolint:staticcheck // old files have the deprecated name
		return nil, damaged("a dictionary in the encoding %s", encodingName(h.Encoding))
	}
	d := &dictionary{n: int(h.NumValues), page: body}
	if c.physical == format.ByteArray {
		if err := d.findTexts(); err != nil || c.text {
			return d, err
		}
		return &dictionary{n: d.n, numbers: c.numbersOf(d)}, nil
	}
	width := c.width()
	if len(body)/width < d.n {
		return nil, errFewer
	}
	if err := onlyZeros(body[d.n*width:], "value"); err != nil {
		return nil, err
	}
	return &dictionary{n: d.n, numbers: c.fixedNumbers(d)}, nil
}

// numbersOf reads numbers that are texts of bytes.
func (c *fileColumn) numbersOf(d *dictionary) []int64 {
	numbers := make([]int64, d.n)
	for i := range numbers {
		numbers[i] = c.fromBytes(d.text(uint32(i)))
	}
	return numbers
}

// fixedNumbers reads numbers that all take the same bytes.
func (c *fileColumn) fixedNumbers(d *dictionary) []int64 {
	numbers, width := make([]int64, d.n), c.width()
	if c.physical != format.FixedLenByteArray {
		_, _ = (&plainNumbers{b: d.page, size: width}).next(numbers) // the page has as many
		c.convert(numbers)
		return numbers
	}
	for i := range numbers {
		numbers[i] = c.fromBytes(d.page[i*width : (i+1)*width])
	}
	return numbers
}

// findTexts finds where each text begins.
func (d *dictionary) findTexts() error {
	d.starts, d.sound = make([]uint32, d.n), true
	at := 0
	for i := range d.starts {
		if len(d.page)-at < 4 {
			return errFewer
		}
		n := int64(binary.LittleEndian.Uint32(d.page[at:]))
		if at += 4; n > int64(len(d.page)-at) {
			return damaged("a text of %d bytes in %d bytes", n, len(d.page)-at)
		}
		d.starts[i] = uint32(at)
		d.sound = d.sound && soundText(d.page[at:at+int(n)])
		at += int(n)
	}
	return onlyZeros(d.page[at:], "value")
}

func (d *dictionary) text(i uint32) []byte {
	at := d.starts[i]
	return d.page[at : at+binary.LittleEndian.Uint32(d.page[at-4:])]
}

// places reads which values of a dictionary those of a page are.
type places struct {
	runs
	of      *dictionary
	numbers [batch]uint32
}

// newPlaces reads the width of the places in bits, behind which they lie in runs.
func newPlaces(b []byte, n int, d *dictionary) (*places, error) {
	if d == nil {
		return nil, damaged("values of a dictionary, and no dictionary before them")
	}
	if len(b) == 0 || b[0] > 32 {
		return nil, damaged("no width of its places in the dictionary, or one beyond 32 bits")
	}
	return &places{runs: runs{b: b[1:], width: int(b[0]), n: n}, of: d}, nil
}

func (p *places) some(n int) ([]uint32, error) {
	numbers := p.numbers[:min(n, batch)]
	if err := nextOfRuns(&p.runs, numbers); err != nil {
		return nil, err
	}
	for _, i := range numbers {
		if i >= uint32(p.of.n) {
			return nil, damaged("place %d of a dictionary of %d", i, p.of.n)
		}
	}
	return numbers, nil
}

func (p *places) rest() []byte { return p.b }

// placedNumbers and placedTexts are the values at these places.
type (
	placedNumbers struct{ *places }
	placedTexts   struct{ *places }
)

func (p placedNumbers) next(dst []int64) (int, error) {
	numbers, err := p.some(len(dst))
	for i, k := range numbers {
		dst[i] = p.of.numbers[k]
	}
	return len(numbers), err
}

func (p placedTexts) next(dst [][]byte) (int, error) {
	numbers, err := p.some(len(dst))
	for i, k := range numbers {
		dst[i] = p.of.text(k)
	}
	return len(numbers), err
}
