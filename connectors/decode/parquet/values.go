package parquet

import (
	"strconv"

	"github.com/parquet-go/parquet-go/format"
)

// decoder reads the values of a page in one of the format's encodings: at least
// one, at most as many as dst takes. rest is what lies behind the last.
type decoder[T any] interface {
	next(dst []T) (int, error)
	rest() []byte
}

// openValues makes the values of a page ready; there are n.
func (c *columnPages) openValues(e format.Encoding, b []byte, n int) (err error) {
	ok := true
	c.sound = false
	switch {
	case dictionaryEncoding(e):
		err = c.openPlaces(b, n)
	case c.physical == format.ByteArray || c.physical == format.FixedLenByteArray:
		c.fromTexts, ok, err = c.textsIn(e, b, n)
	default:
		c.fromNumbers, ok, err = c.numbersIn(e, b, n)
	}
	if err != nil || ok {
		return err
	}
	return damaged("values of %s in the encoding %s", c.physical, encodingName(e))
}

func (c *columnPages) openPlaces(b []byte, n int) error {
	p, err := newPlaces(b, n, c.dictionary)
	if err != nil {
		return err
	}
	if c.text {
		c.fromTexts, c.sound = placedTexts{p}, c.dictionary.sound
	} else {
		c.fromNumbers = placedNumbers{p}
	}
	return nil
}

// nextValues decodes some values of the page.
func (c *columnPages) nextValues() (err error) {
	n, got := min(batch, c.values), 0
	switch {
	case c.text:
		c.texts = resized(c.texts, n)
		got, err = c.fromTexts.next(c.texts)
		c.texts = c.texts[:got]
	case c.fromNumbers != nil:
		c.numbers = resized(c.numbers, n)
		got, err = c.fromNumbers.next(c.numbers)
		c.numbers = c.numbers[:got]
		// The numbers of a dictionary are what they are to be.
		if _, placed := c.fromNumbers.(placedNumbers); !placed {
			c.convert(c.numbers)
		}
	default:
		c.bytes = resized(c.bytes, n)
		got, err = c.fromTexts.next(c.bytes)
		c.numbers = c.numbers[:0]
		for _, b := range c.bytes[:got] {
			c.numbers = append(c.numbers, c.fromBytes(b))
		}
	}
	c.value, c.values = 0, c.values-got
	return err
}

func (c *columnPages) numbersIn(e format.Encoding, b []byte, n int) (d decoder[int64], ok bool, err error) {
	whole := c.physical == format.Int32 || c.physical == format.Int64
	switch {
	case e == format.Plain:
		return &plainNumbers{b, c.width()}, true, nil
	case e == format.DeltaBinaryPacked && whole:
		d, err := newDeltas(b, n, c.physical == format.Int32)
		return d, true, err
	case e == format.ByteStreamSplit:
		s, err := newSplit(b, n, c.width())
		return splitNumbers{s}, true, err
	case e == alpEncoding && c.physical == format.Double:
		a, err := newALP(b, n)
		return a, true, err
	}
	return nil, false, nil
}

func (c *columnPages) textsIn(e format.Encoding, b []byte, n int) (d decoder[[]byte], ok bool, err error) {
	fixed := c.physical == format.FixedLenByteArray
	switch {
	case e == format.Plain && fixed:
		return &plainFixed{b, c.length}, true, nil
	case e == format.Plain:
		return &plainTexts{b}, true, nil
	case e == format.DeltaLengthByteArray && !fixed, e == format.DeltaByteArray:
		d, err := newDeltaTexts(b, n, c.length, e == format.DeltaByteArray)
		return d, true, err
	case e == format.ByteStreamSplit && fixed:
		s, err := newSplit(b, n, c.length)
		return &splitFixed{split: s}, true, err
	}
	return nil, false, nil
}

// alpEncoding is an encoding that the library does not know yet.
const alpEncoding format.Encoding = 10

// dictionaryEncoding tells whether values are places in the dictionary.
func dictionaryEncoding(e format.Encoding) bool {
	return e == format.RLEDictionary || e == format.PlainDictionary //nolint:staticcheck // old files have the deprecated name
}

func encodingName(e format.Encoding) string {
	if name := e.String(); name != format.Encoding(-1).String() {
		return name
	}
	return strconv.Itoa(int(e))
}
