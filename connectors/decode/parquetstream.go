package decode

import (
	"bufio"
	"errors"
	"hash/crc32"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

const (
	// pageLimit is how large a page may be, packed or not. Writers make them 1 MiB.
	pageLimit = 64 << 20
	// headerLimit is how long a page's header may be, its statistics included.
	headerLimit = 64 << 10
)

// errPage says that a page is not what its header says.
var errPage = errors.New("a damaged page")

// errMemory says that the pages of a row group take more than groupLimit.
var errMemory = unreadable("pages that take more than %d MiB together; write smaller ones, of 1 MiB, say", groupLimit>>20)

// pageStream gives the library the pages of a column chunk one behind the other,
// unpacked and with headers to match. What a header claims is checked before
// any memory is taken for it. It can only be read from its start on.
type pageStream struct {
	in    *bufio.Reader
	codec format.CompressionCodec
	shape pageShape
	// memory is shared; held is this column's part of it: the dictionary, the
	// last page, which the library keeps until it has the next one, and that.
	memory                 *groupMemory
	held, dictionary, last int64
	// rows are those of the row group: no page has more values.
	rows     int64
	at       int64 // the offset that is asked for next
	packed   []byte
	unpacked []byte
	// As the library is to see the page: of its header and its body what has
	// not been read.
	rest     [2][]byte
	protocol thrift.CompactProtocol
}

func newPageStream(file io.ReaderAt, place chunkPlace, shape pageShape, rows int64, m *groupMemory) *pageStream {
	return &pageStream{
		in:    bufio.NewReaderSize(io.NewSectionReader(file, place.start, place.length), headerLimit),
		codec: place.codec, shape: shape, memory: m, rows: rows, at: firstPage,
	}
}

// ReadAt implements io.ReaderAt for a reader that never goes back.
func (s *pageStream) ReadAt(p []byte, off int64) (n int, err error) {
	if off != s.at {
		return 0, errPage
	}
	for n < len(p) {
		if len(s.rest[0]) == 0 {
			s.rest[0], s.rest[1] = s.rest[1], nil
		}
		if len(s.rest[0]) == 0 {
			if err := s.next(); err != nil {
				s.at += int64(n)
				return n, err
			}
		}
		k := copy(p[n:], s.rest[0])
		s.rest[0] = s.rest[0][k:]
		n += k
	}
	s.at += int64(n)
	return n, nil
}

// next reads and unpacks a page.
func (s *pageStream) next() error {
	h, err := s.header()
	if err != nil {
		return err
	}
	// The page packed, unpacked, and in the library's hands once more with its
	// values; what unpacking takes, and telling how much there is of it. Whoever
	// has to wait does so before anything is taken.
	if err := s.room(int64(h.CompressedPageSize) + 3*int64(h.UncompressedPageSize) + unpackCost(s.codec) + deltaCost*deltaTextsOf(h)); err != nil {
		return err
	}
	s.packed = grow(s.packed, int(h.CompressedPageSize))
	if _, err := io.ReadFull(s.in, s.packed); err != nil {
		return broken(err)
	}
	if h.CRC != 0 && crc32.ChecksumIEEE(s.packed) != uint32(h.CRC) {
		return errPage
	}
	body, err := s.unpack(h)
	if err != nil {
		return err
	}
	if err := s.measure(h, body); err != nil {
		return err
	}
	h.CompressedPageSize, h.UncompressedPageSize, h.CRC = int32(len(body)), int32(len(body)), 0
	h.DataPageHeader.V.Statistics, h.DataPageHeaderV2.V.Statistics = format.Statistics{}, format.Statistics{}
	h.DataPageHeaderV2.V.IsCompressed = thrift.New(false)
	header, err := thrift.Marshal(&s.protocol, h)
	if err != nil {
		return errPage
	}
	s.rest = [2][]byte{header, body}
	return nil
}

// room waits for memory for so many bytes beside the buffers at hand.
func (s *pageStream) room(bytes int64) error {
	return s.memory.take(&s.held, s.dictionary+s.last+bytes+int64(cap(s.packed)+cap(s.unpacked)))
}

// measure holds a page's body against its header and against the memory that is left.
func (s *pageStream) measure(h *format.PageHeader, body []byte) error {
	decoded, err := s.shape.measure(h, body)
	if err != nil {
		return err
	}
	// The library holds the body once more.
	decoded += int64(len(body))
	if h.Type == format.DictionaryPage {
		s.dictionary += decoded
		return s.room(0)
	}
	if err := s.room(decoded); err != nil {
		return err
	}
	s.last = decoded
	return nil
}

// broken makes an end that comes too early a fault of the page.
func broken(err error) error {
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return errPage
	}
	return err
}

// header reads a page's header from bytes at hand, so that no length in it can
// claim more than there is.
func (s *pageStream) header() (*format.PageHeader, error) {
	window, err := s.in.Peek(headerLimit)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if len(window) == 0 {
		return nil, io.EOF
	}
	if _, ok := soundThrift(window, headerStructs); !ok {
		return nil, errPage
	}
	r := s.protocol.NewReaderFromBytes(window)
	h := new(format.PageHeader)
	if err := thrift.NewDecoder(r).Decode(h); err != nil {
		return nil, errPage
	}
	if err := s.check(h); err != nil {
		return nil, err
	}
	_, err = s.in.Discard(r.BytesRead())
	return h, err
}

func (s *pageStream) check(h *format.PageHeader) error {
	within := func(n int32, limit int64) bool { return n >= 0 && int64(n) <= limit }
	ok := within(h.CompressedPageSize, pageLimit) && within(h.UncompressedPageSize, pageLimit)
	switch h.Type {
	case format.DataPage:
		ok = ok && h.DataPageHeader.Valid && within(h.DataPageHeader.V.NumValues, min(s.rows, valuesLimit))
	case format.DataPageV2:
		v := h.DataPageHeaderV2.V
		ok = ok && h.DataPageHeaderV2.Valid && within(v.NumValues, min(s.rows, valuesLimit)) && within(v.NumRows, s.rows) && within(v.NumNulls, int64(v.NumValues)) &&
			within(v.DefinitionLevelsByteLength, int64(h.CompressedPageSize)) && within(v.RepetitionLevelsByteLength, int64(h.CompressedPageSize))
	case format.DictionaryPage:
		// Every type of the contract takes a byte or more for a value.
		ok = ok && h.DictionaryPageHeader.Valid && within(h.DictionaryPageHeader.V.NumValues, int64(h.UncompressedPageSize))
	default:
		ok = false
	}
	if !ok {
		return errPage
	}
	return nil
}

// unpack gives a page's body; of a page of version 2 the levels are never packed.
func (s *pageStream) unpack(h *format.PageHeader) ([]byte, error) {
	levels := 0
	if h.Type == format.DataPageV2 {
		v := h.DataPageHeaderV2.V
		levels = int(v.DefinitionLevelsByteLength) + int(v.RepetitionLevelsByteLength)
		if v.IsCompressed.Valid && !v.IsCompressed.V {
			return s.packed, nil
		}
	}
	if s.codec == format.Uncompressed {
		return s.packed, nil
	}
	size := int(h.UncompressedPageSize)
	if levels > len(s.packed) || levels > size {
		return nil, errPage
	}
	s.unpacked = grow(s.unpacked, size)
	copy(s.unpacked, s.packed[:levels])
	if err := unpackExactly(s.codec, s.unpacked[levels:], s.packed[levels:]); err != nil {
		return nil, err
	}
	return s.unpacked, nil
}

// grow gives a slice of a length, the old one if it is large enough.
func grow(b []byte, n int) []byte {
	if cap(b) < n {
		return make([]byte, n)
	}
	return b[:n]
}
