package decode

import (
	"encoding/binary"
	"io"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// footerLimit is how long a footer may be: some 20,000 row groups of 20 columns.
const footerLimit = 64 << 20

// chunkPlace is where the pages of a column chunk lie, and how they are packed.
type chunkPlace struct {
	start, length int64
	codec         format.CompressionCodec
}

// openFooter opens a file so that the library believes its pages to be
// uncompressed: pageStream unpacks them, which the library does wrongly for
// lz4_raw (a page that hardly shrank comes out as what was in memory before,
// and a damaged one makes it take memory without end) and without bounds for
// other codecs. places are by row group and column.
func openFooter(in *Input) (file *parquet.File, places [][]chunkPlace, err error) {
	footer, start, err := readFooter(in)
	if err != nil {
		return nil, nil, err
	}
	if !soundThrift(footer, footerStructs) {
		return nil, nil, unreadable("a broken Parquet footer, or one of more than %d parts", footerStructs)
	}
	var protocol thrift.CompactProtocol
	var meta format.FileMetaData
	if err := thrift.NewDecoder(protocol.NewReaderFromBytes(footer)).Decode(&meta); err != nil {
		return nil, nil, unreadable("a broken Parquet footer")
	}
	for i := range meta.RowGroups {
		var group []chunkPlace
		for j := range meta.RowGroups[i].Columns {
			m := &meta.RowGroups[i].Columns[j].MetaData
			place := chunkPlace{start: m.DataPageOffset, length: m.TotalCompressedSize, codec: m.Codec}
			if m.DictionaryPageOffset != 0 {
				place.start = m.DictionaryPageOffset
			}
			if place.start < 0 || place.length < 0 || place.length > start || place.start > start-place.length {
				return nil, nil, unreadable("row group %d: pages outside the file", i+1)
			}
			group = append(group, place)
			m.Codec, m.TotalCompressedSize = format.Uncompressed, math.MaxInt64-place.start
		}
		places = append(places, group)
	}
	if footer, err = thrift.Marshal(&protocol, &meta); err != nil {
		return nil, nil, unreadable("a broken Parquet footer")
	}
	footer = append(binary.LittleEndian.AppendUint32(footer, uint32(len(footer))), "PAR1"...)
	file, err = parquet.OpenFile(&refooted{head: in.File, length: start, footer: footer}, start+int64(len(footer)),
		parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true), parquet.ReadBufferSize(64<<10))
	if err != nil {
		return nil, nil, diskFault(err, "a broken Parquet footer")
	}
	return file, places, nil
}

// readFooter gives the footer's bytes and where they start.
func readFooter(in *Input) ([]byte, int64, error) {
	const magic = "PAR1"
	if in.Size < int64(2*len(magic)+4) {
		return nil, 0, unreadable("no Parquet file")
	}
	end := make([]byte, 8)
	if err := readFull(in.File, end, in.Size-8); err != nil {
		return nil, 0, err
	}
	if string(end[4:]) != magic {
		return nil, 0, unreadable("no Parquet file, or an encrypted one, or one that was cut off")
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if length > min(in.Size-12, footerLimit) {
		return nil, 0, unreadable("a footer longer than the file, or than %d bytes", footerLimit)
	}
	footer := make([]byte, length)
	return footer, in.Size - 8 - length, readFull(in.File, footer, in.Size-8-length)
}

func readFull(r io.ReaderAt, p []byte, off int64) error {
	n, err := r.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	return err
}

// refooted is a file with another footer.
type refooted struct {
	head   io.ReaderAt
	length int64 // of the file up to its footer
	footer []byte
}

// ReadAt implements io.ReaderAt.
func (r *refooted) ReadAt(p []byte, off int64) (n int, err error) {
	if off < r.length {
		n, err = r.head.ReadAt(p[:min(int64(len(p)), r.length-off)], off)
		if n == len(p) || (err != nil && err != io.EOF) || off+int64(n) < r.length {
			return n, err
		}
	}
	if at := off + int64(n) - r.length; at < int64(len(r.footer)) {
		n += copy(p[n:], r.footer[at:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
