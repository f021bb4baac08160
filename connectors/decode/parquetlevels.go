package decode

import (
	"encoding/binary"
	"math/bits"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// The library takes a page at its word: where it holds fewer bytes than its
// values need, values are filled up with what was in memory before. So what a
// page holds is counted here, before the library sees it. It must be exactly
// what the page says: a byte too many is damage too, and may shift all values.

// valuesLimit is how many values a page may say that it has: more than writers
// put in one, and few enough for the memory that even absent ones take.
const valuesLimit = 16 << 20

const (
	// textCost is what a value of a dictionary takes beside its bytes, here and in the library.
	textCost = 16
	// numberCost is what a value takes once more as a number.
	numberCost = 8
)

// pageShape is what of a column decides how its pages are read.
type pageShape struct {
	kind     parquet.Kind
	length   int // of a FixedLenByteArray
	optional bool
}

func shapeOf(c *parquet.Column) pageShape {
	return pageShape{kind: c.Type().Kind(), length: c.Type().Length(), optional: c.Optional()}
}

// measure gives how many bytes a data page or a dictionary takes once it is
// decoded; errPage when its body is not exactly the values that its header says.
func (s pageShape) measure(h *format.PageHeader, body []byte) (decoded int64, err error) {
	ok := false
	switch h.Type {
	case format.DictionaryPage:
		v := h.DictionaryPageHeader.V
		ok = (v.Encoding == format.Plain || v.Encoding == format.PlainDictionary) && s.plain(body, int(v.NumValues)) //nolint:staticcheck // old files have the deprecated name
		decoded = int64(len(body)) + textCost*int64(v.NumValues)
	case format.DataPage:
		decoded, ok = s.measureV1(&h.DataPageHeader.V, body)
	case format.DataPageV2:
		decoded, ok = s.measureV2(&h.DataPageHeaderV2.V, body)
	}
	if !ok {
		return 0, errPage
	}
	return decoded, nil
}

func (s pageShape) measureV1(h *format.DataPageHeader, body []byte) (decoded int64, ok bool) {
	there := int(h.NumValues)
	if s.optional {
		if there, body, ok = levelsV1(body, there); !ok || h.DefinitionLevelEncoding != format.RLE {
			return 0, false
		}
	}
	decoded, ok = s.holds(h.Encoding, body, there)
	return decoded + int64(h.NumValues) + numberCost*int64(there), ok
}

func (s pageShape) measureV2(h *format.DataPageHeaderV2, body []byte) (decoded int64, ok bool) {
	there := int(h.NumValues)
	levels := int(h.RepetitionLevelsByteLength) + int(h.DefinitionLevelsByteLength)
	if levels > len(body) {
		return 0, false
	}
	if s.optional {
		var rest []byte
		there, rest, ok = countLevels(body[h.RepetitionLevelsByteLength:levels], there)
		if !ok || len(rest) > 0 {
			return 0, false
		}
	}
	if there != int(h.NumValues)-int(h.NumNulls) {
		return 0, false
	}
	decoded, ok = s.holds(h.Encoding, body[levels:], there)
	return decoded + int64(h.NumValues) + numberCost*int64(there), ok
}

// levelsV1 takes the levels off a page of version 1 and gives how many are 1.
func levelsV1(body []byte, values int) (there int, rest []byte, ok bool) {
	if len(body) < 4 {
		return 0, nil, false
	}
	n := int64(binary.LittleEndian.Uint32(body))
	if body = body[4:]; n > int64(len(body)) {
		return 0, nil, false
	}
	there, left, ok := countLevels(body[:n], values)
	return there, body[n:], ok && len(left) == 0
}

// countLevels gives how many of the levels are 1; they are 0 or 1, packed as runs of one bit.
func countLevels(b []byte, values int) (ones int, rest []byte, ok bool) {
	rest, ok = walkRuns(b, 1, values, func(run []byte, n int, repeated bool) bool {
		if repeated {
			if run[0] > 1 {
				return false
			}
			ones += n * int(run[0])
			return true
		}
		for i, c := range run {
			// Behind the last value a byte may hold anything.
			if left := n - 8*i; left < 8 {
				c &= 1<<left - 1
			}
			ones += bits.OnesCount8(c)
		}
		return true
	})
	return ones, rest, ok
}

// walkRuns passes over runs of n values of a width in bits: one value many
// times, or packed groups of eight, of which the last may go on behind the last value.
// https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE
func walkRuns(b []byte, width, n int, each func(run []byte, n int, repeated bool) bool) (rest []byte, ok bool) {
	for n > 0 {
		header, k := binary.Uvarint(b)
		if k <= 0 || header>>1 > valuesLimit {
			return nil, false
		}
		b = b[k:]
		count, size := int(header>>1), (width+7)/8
		packed := header&1 == 1
		if packed {
			count, size = count*8, count*width
			if count >= n+8 {
				return nil, false
			}
			count = min(count, n)
		}
		if count == 0 || count > n || size > len(b) || !each(b[:size], count, !packed) {
			return nil, false
		}
		b, n = b[size:], n-count
	}
	return b, true
}
