package parquet

import (
	"bufio"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode/memory"
)

const (
	// pageLimit is how large a page may be, unpacked. Writers make them 1 MiB.
	pageLimit = 64 << 20
	// packedLimit is the same of a packed one: what cannot be packed grows by a sixth at most.
	packedLimit = pageLimit + pageLimit/4
	// headerLimit is how long a page's header may be, its statistics included.
	headerLimit = 64 << 10
)

// pageError says in which way a page is not what the format or its header says.
type pageError struct{ what string }

func (e *pageError) Error() string { return e.what }

func damaged(what string, args ...any) error { return &pageError{fmt.Sprintf(what, args...)} }

// errFewer says that a page ends before its values do.
var errFewer = damaged("fewer values than it says")

// pageStream reads the pages of a column chunk, one behind the other, unpacked.
// What a header claims is checked before any memory is taken for it.
type pageStream struct {
	in    *bufio.Reader
	codec format.CompressionCodec
	// rows are those of the row group: no page has more values.
	rows   int64
	memory *memory.Group
	held   memory.Held
	// no is the number of the page at hand, the dictionary included.
	no       int
	body     []byte
	protocol thrift.CompactProtocol
}

func newPageStream(file io.ReaderAt, place chunkPlace, rows int64, m *memory.Group) *pageStream {
	return &pageStream{
		in:    bufio.NewReaderSize(io.NewSectionReader(file, place.start, place.length), headerLimit),
		codec: place.codec, memory: m, rows: rows,
	}
}

// next reads the header of the next page that holds values, io.EOF behind the last.
func (s *pageStream) next() (*format.PageHeader, error) {
	for {
		h, err := s.header()
		if err != nil {
			return nil, err
		}
		if h.Type == format.DataPage || h.Type == format.DataPageV2 || h.Type == format.DictionaryPage {
			return h, nil
		}
		// A reader passes over pages of other kinds.
		if err := s.skip(h); err != nil {
			return nil, err
		}
	}
}

// skip passes over the body of a page.
func (s *pageStream) skip(h *format.PageHeader) error {
	_, err := s.in.Discard(int(h.CompressedPageSize))
	return cutOff(err)
}

// read gives the body of the page, unpacked, until the next page is read. That
// of a dictionary is the caller's.
func (s *pageStream) read(h *format.PageHeader) (body []byte, err error) {
	size := int(h.UncompressedPageSize)
	if s.plain(h) {
		size = int(h.CompressedPageSize)
	}
	if err := s.room(h, size); err != nil {
		return nil, err
	}
	if h.Type == format.DictionaryPage {
		body = make([]byte, size)
	} else {
		s.body = resized(s.body, size)
		body = s.body
	}
	packed := body
	if !s.plain(h) {
		s.memory.Packed = resized(s.memory.Packed, int(h.CompressedPageSize))
		packed = s.memory.Packed
	}
	if _, err := io.ReadFull(s.in, packed); err != nil {
		return nil, cutOff(err)
	}
	if h.CRC != 0 && crc32.ChecksumIEEE(packed) != uint32(h.CRC) {
		return nil, damaged("its checksum is another")
	}
	if s.plain(h) {
		return body, nil
	}
	return body, s.unpack(h, body, packed)
}

// room waits for memory for a page, before anything is taken.
func (s *pageStream) room(h *format.PageHeader, size int) error {
	bytes := int64(max(cap(s.body), size))
	packed := int64(max(cap(s.memory.Packed), int(h.CompressedPageSize))) + unpackCost(s.codec)
	if s.plain(h) {
		packed = int64(cap(s.memory.Packed))
	}
	if h.Type == format.DictionaryPage {
		// Beside the page a place or a number of each value.
		s.held.Dictionary, s.held.Values = int64(size), numberCost*int64(h.DictionaryPageHeader.V.NumValues)
		size, bytes = 0, int64(cap(s.body))
	}
	err := s.memory.Take(&s.held, int64(size), bytes, packed)
	if errors.Is(err, memory.ErrTooMuch) {
		return damaged("%v", err)
	}
	return err
}

// numberCost is what a value of a dictionary takes beside its page.
const numberCost = 8

// plain tells whether the body of a page is not packed.
func (s *pageStream) plain(h *format.PageHeader) bool {
	v := h.DataPageHeaderV2.V
	return s.codec == format.Uncompressed || (h.Type == format.DataPageV2 && v.IsCompressed.Valid && !v.IsCompressed.V)
}

// unpack fills a body; of a page of version 2 the levels are never packed.
func (s *pageStream) unpack(h *format.PageHeader, body, packed []byte) error {
	levels := 0
	if h.Type == format.DataPageV2 {
		v := h.DataPageHeaderV2.V
		levels = int(v.DefinitionLevelsByteLength) + int(v.RepetitionLevelsByteLength)
	}
	if levels > len(packed) || levels > len(body) {
		return damaged("levels of %d bytes in %d bytes", levels, min(len(packed), len(body)))
	}
	copy(body, packed[:levels])
	return unpackExactly(s.codec, body[levels:], packed[levels:])
}

// cutOff makes an end that comes too early a fault of the page.
func cutOff(err error) error {
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return damaged("it is cut off where the footer says that the column ends")
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
	s.no++
	if _, ok := soundThrift(window, headerStructs); !ok {
		return nil, damaged("a header that cannot be one, or of more than %d KiB", headerLimit>>10)
	}
	h := new(format.PageHeader)
	n, err := decodeThrift(&s.protocol, window, h)
	if err != nil {
		return nil, damaged("a header that cannot be one")
	}
	if err := s.check(h); err != nil {
		return nil, err
	}
	_, err = s.in.Discard(n)
	return h, err
}

func (s *pageStream) check(h *format.PageHeader) error {
	if h.CompressedPageSize < 0 || h.UncompressedPageSize < 0 {
		return damaged("a header that cannot be one")
	}
	if h.UncompressedPageSize > pageLimit || h.CompressedPageSize > packedLimit {
		return damaged("it unpacks to %d bytes, more than the %d MiB allowed; write pages of 1 MiB, say", max(h.UncompressedPageSize, h.CompressedPageSize), pageLimit>>20)
	}
	within := func(n int32, limit int64) bool { return n >= 0 && int64(n) <= limit }
	ok, values := true, int32(0)
	switch h.Type {
	case format.DataPage:
		ok, values = h.DataPageHeader.Valid, h.DataPageHeader.V.NumValues
	case format.DataPageV2:
		v := h.DataPageHeaderV2.V
		values = v.NumValues
		ok = h.DataPageHeaderV2.Valid && within(v.NumNulls, int64(v.NumValues)) &&
			within(v.DefinitionLevelsByteLength, int64(h.CompressedPageSize)) && within(v.RepetitionLevelsByteLength, int64(h.CompressedPageSize))
	case format.DictionaryPage:
		// Every type of the contract takes a byte or more for a value.
		ok = h.DictionaryPageHeader.Valid && within(h.DictionaryPageHeader.V.NumValues, int64(h.UncompressedPageSize))
	}
	if !ok {
		return damaged("a header that contradicts itself")
	}
	if !within(values, s.rows) {
		return damaged("%d values in a row group of %d rows", values, s.rows)
	}
	return nil
}

// atZeros tells whether nothing but zero bytes is left of the column chunk.
func (s *pageStream) atZeros() (bool, error) {
	for {
		if _, err := s.in.Peek(1); err == io.EOF {
			return true, nil
		} else if err != nil {
			return false, err
		}
		window, _ := s.in.Peek(s.in.Buffered()) // what is there already is given without an error
		if !allZeros(window) {
			return false, nil
		}
		if _, err := s.in.Discard(len(window)); err != nil {
			return false, err
		}
	}
}

// resized gives a slice of a length, the old one if it is large enough.
func resized[T any](b []T, n int) []T {
	if cap(b) < n {
		return make([]T, n)
	}
	return b[:n]
}
