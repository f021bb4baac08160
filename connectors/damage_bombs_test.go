package connectors_test

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// bomb is a gzip file that unpacks to far more than it is, and that again.
func bomb(t *testing.T, levels int) []byte {
	t.Helper()
	var inner io.Reader = &repeated{strings.Repeat("0", 1<<20), vast >> 20}
	var b *bytes.Buffer
	for range levels {
		b = new(bytes.Buffer)
		z := gzip.NewWriter(b)
		if _, err := io.Copy(z, inner); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		inner = b
	}
	return b.Bytes()
}

// page says of itself what it likes.
func liar(packed, unpacked int32, body []byte) []byte {
	h := format.PageHeader{Type: format.DataPage, CompressedPageSize: packed, UncompressedPageSize: unpacked, DataPageHeader: thrift.New(format.DataPageHeader{NumValues: 1})}
	header, err := thrift.Marshal(new(thrift.CompactProtocol), &h)
	if err != nil {
		panic(err) // a header is always one
	}
	return append(header, body...)
}

// lyingParquet is a file whose one page has a header of our own making.
func lyingParquet(t *testing.T, page []byte, codec format.CompressionCodec) []byte {
	t.Helper()
	data := connectortest.PagedParquet(t, []connectortest.Chunk{plainTexts("sector", 1)}, &parquet.Uncompressed, 1, 1)
	moved := connectortest.Refooted(t, append(append([]byte("PAR1"), page...), data[len(data)-footed(data):]...), func(m *format.FileMetaData) {
		c := &m.RowGroups[0].Columns[0].MetaData
		c.Codec, c.TotalCompressedSize = codec, int64(len(page))
	})
	return moved
}

// footed is how many bytes a footer and what stands behind it take.
func footed(file []byte) int {
	end := file[len(file)-8:]
	return 8 + int(end[0]) + int(end[1])<<8 + int(end[2])<<16
}

// TestBombs reads files that unpack, or say that they unpack, to far more than
// they are: the right verdict, in little memory.
func TestBombs(t *testing.T) {
	once, twice := bomb(t, 1), bomb(t, 2)
	csv := func(data []byte) connectortest.Delivery {
		d := residence("d", "", 0)
		d.Files[0].Format, d.Files[0].Data = "csv.gz", data
		return d
	}
	lines := func(data []byte, rows int) connectortest.Delivery {
		d := permits("d", "", rows, "")
		d.Files[0].Format, d.Files[0].Data = "jsonl.gz", data
		return d
	}
	table := func(data []byte) connectortest.Delivery {
		return connectortest.Delivery{Supplier: "uwv", ID: "d", Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: data, Rows: 1}}}
	}
	many := bytes.Repeat(connectortest.Gzip([]byte("\n")), 200_000)
	zeros, err := parquet.Zstd.Encode(nil, make([]byte, 60<<20))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		d      connectortest.Delivery
		reason schemas.Reason
	}{
		"csv":                         {csv(once), schemas.ColumnMissing},
		"csv in gzip in gzip":         {csv(twice), schemas.ColumnMissing},
		"lines":                       {lines(once, 1), schemas.QuarantineOverLimit}, // one line that is not an object is put aside, and no other is there
		"lines in gzip in gzip":       {lines(twice, 0), schemas.RowCountMismatch},
		"members of nothing":          {lines(many, 0), ""},
		"a page that says 2 GiB":      {table(lyingParquet(t, liar(10, 1<<31-1, make([]byte, 10)), format.Zstd)), schemas.UnreadableFile},
		"a page of 2 GiB packed":      {table(lyingParquet(t, liar(1<<31-1, 10, make([]byte, 10)), format.Zstd)), schemas.UnreadableFile},
		"a page of less than nothing": {table(lyingParquet(t, liar(-1, -1, make([]byte, 10)), format.Gzip)), schemas.UnreadableFile},
		"a page that says too little": {table(lyingParquet(t, liar(int32(len(zeros)), 100, zeros), format.Zstd)), schemas.UnreadableFile},
		"a bomb for a page":           {table(lyingParquet(t, liar(int32(len(once)), 100, once), format.Gzip)), schemas.UnreadableFile},
		"a bomb of a known size":      {table(lyingParquet(t, liar(int32(len(zeros)), 60<<20, zeros), format.Zstd)), schemas.UnreadableFile},
	} {
		t.Run(name, func(t *testing.T) {
			h := connectortest.New(t)
			var closed schemas.Closed
			limit := uint64(64 << 20)
			if name == "a bomb of a known size" {
				limit = 256 << 20
			}
			if peak := peakHeap(func() { closed = readOne(t, h, c.d) }); peak > limit {
				t.Errorf("%d MiB of heap", peak>>20)
			}
			if closed.Reason != c.reason {
				t.Errorf("%q (%s), want %q", closed.Reason, closed.Detail, c.reason)
			}
		})
	}
}
