package decode

import (
	"encoding/binary"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/format"
)

// holds tells whether the values of a page are exactly n, and how many bytes
// they take decoded.
func (s pageShape) holds(e format.Encoding, b []byte, n int) (decoded int64, ok bool) {
	if n == 0 {
		return 0, true
	}
	decoded = int64(n) * int64(max(s.width(), 4))
	switch e {
	case format.Plain:
		return int64(len(b)), s.plain(b, n)
	case format.PlainDictionary, format.RLEDictionary: //nolint:staticcheck // old files have the deprecated name
		return 4 * int64(n), indexes(b, n)
	case format.DeltaBinaryPacked:
		rest, ok := walkDelta(b, n)
		return decoded, ok && len(rest) == 0
	case format.DeltaLengthByteArray:
		rest, sum, ok := deltaLengths(b, n)
		return deltaCost*int64(n) + sum, ok && sum == int64(len(rest))
	case format.DeltaByteArray:
		sum, ok := deltaTexts(b, n)
		return deltaCost*int64(n) + sum, ok
	case format.ByteStreamSplit:
		return decoded, s.width() > 0 && len(b) == n*s.width()
	}
	return 0, false
}

// deltaCost is what a text of a delta encoding takes beside its bytes, here and
// in the library: two lengths and an offset.
const deltaCost = 12

// deltaTextsOf gives how many texts of a delta encoding a page may have, 0 for other pages.
func deltaTextsOf(h *format.PageHeader) int64 {
	values, encoding := h.DataPageHeader.V.NumValues, h.DataPageHeader.V.Encoding
	if h.Type == format.DataPageV2 {
		values, encoding = h.DataPageHeaderV2.V.NumValues, h.DataPageHeaderV2.V.Encoding
	}
	if h.Type != format.DictionaryPage && (encoding == format.DeltaLengthByteArray || encoding == format.DeltaByteArray) {
		return int64(values)
	}
	return 0
}

// width is how many bytes a value takes, 0 where that differs.
func (s pageShape) width() int {
	switch s.kind {
	case parquet.Int32, parquet.Float:
		return 4
	case parquet.Int64, parquet.Double:
		return 8
	case parquet.FixedLenByteArray:
		return s.length
	}
	return 0
}

// plain tells whether n values as they are fill b.
func (s pageShape) plain(b []byte, n int) bool {
	if w := s.width(); w > 0 {
		return len(b) == n*w
	}
	if s.kind != parquet.ByteArray {
		return false
	}
	for ; n > 0; n-- {
		if len(b) < 4 {
			return false
		}
		size := int64(binary.LittleEndian.Uint32(b))
		if b = b[4:]; size > int64(len(b)) {
			return false
		}
		b = b[size:]
	}
	return len(b) == 0
}

// indexes tells whether b holds n places in a dictionary: their width in bits, then runs.
func indexes(b []byte, n int) bool {
	if len(b) == 0 || b[0] > 32 {
		return false
	}
	rest, ok := walkRuns(b[1:], int(b[0]), n, func([]byte, int, bool) bool { return true })
	return ok && len(rest) == 0
}

// walkDelta passes over n integers of DELTA_BINARY_PACKED.
// https://parquet.apache.org/docs/file-format/data-pages/encodings/#DELTAENC
func walkDelta(b []byte, n int) (rest []byte, ok bool) {
	var head [4]uint64 // values of a block, mini blocks of a block, values, the first
	for i := range head {
		v, k := binary.Uvarint(b)
		if k <= 0 {
			return nil, false
		}
		head[i], b = v, b[k:]
	}
	// The format wants blocks in multiples of 128 and mini blocks of 32 values.
	block, minis := head[0], head[1]
	if head[2] != uint64(n) || block == 0 || block > valuesLimit || block%128 != 0 || minis == 0 || block%minis != 0 || (block/minis)%32 != 0 {
		return nil, false
	}
	size := int(block / minis)
	for n--; n > 0; {
		_, k := binary.Uvarint(b) // the least difference
		if k <= 0 || len(b)-k < int(minis) {
			return nil, false
		}
		widths := b[k : k+int(minis)]
		b = b[k+int(minis):]
		for i := 0; i < len(widths) && n > 0; i++ {
			bytes := size / 8 * int(widths[i])
			if widths[i] > 64 || bytes > len(b) {
				return nil, false
			}
			b, n = b[bytes:], n-size
		}
	}
	return b, true
}

// deltaLengths reads n lengths and gives what lies behind them, and their sum.
func deltaLengths(b []byte, n int) (rest []byte, sum int64, ok bool) {
	lengths, rest, ok := deltaIntegers(b, n)
	for _, l := range lengths {
		if l < 0 {
			return nil, 0, false
		}
		sum += int64(l)
	}
	return rest, sum, ok
}

func deltaIntegers(b []byte, n int) (values []int32, rest []byte, ok bool) {
	rest, ok = walkDelta(b, n)
	if !ok {
		return nil, nil, false
	}
	values, err := new(delta.BinaryPackedEncoding).DecodeInt32(nil, b[:len(b)-len(rest)])
	return values, rest, err == nil && len(values) == n
}

// deltaTexts tells whether b holds n texts of DELTA_BYTE_ARRAY, each beginning
// as the one before, and how long they are together: no longer than a page may be.
func deltaTexts(b []byte, n int) (total int64, ok bool) {
	shared, b, ok := deltaIntegers(b, n)
	if !ok {
		return 0, false
	}
	own, b, ok := deltaIntegers(b, n)
	if !ok {
		return 0, false
	}
	var before, ends int64
	for i := range own {
		if own[i] < 0 || shared[i] < 0 || int64(shared[i]) > before {
			return 0, false
		}
		before = int64(shared[i]) + int64(own[i])
		ends += int64(own[i])
		if total += before; total > pageLimit {
			return 0, false
		}
	}
	return total, ends == int64(len(b))
}
