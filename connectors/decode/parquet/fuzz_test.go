package parquet_test

import (
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
)

// fuzzMemory is what reading a small file may take: buffers, and pages that say
// of a million values that they are absent.
const fuzzMemory = 1 << 30

// same reads a file twice, with other files' values in the library's buffers,
// and fails when it is not the same twice.
func same(t *testing.T, data []byte, read func() ([]decodetest.Outcome, error), dirty [2][]byte) {
	t.Helper()
	var got [2][]decodetest.Outcome
	var errs [2]error
	decodetest.Bounded(t, fuzzMemory, func() {
		for i := range got {
			_, _, _ = decodetest.Read(t, parquet.Format, handRecord, dirty[i], nil)
			got[i], errs[i] = read()
		}
	})
	if (errs[0] == nil) != (errs[1] == nil) || !slices.EqualFunc(got[0], got[1], func(a, b decodetest.Outcome) bool { return a.String() == b.String() }) {
		t.Fatalf("%d records (%v), then %d (%v), or others", len(got[0]), errs[0], len(got[1]), errs[1])
	}
}

// dirt are files that leave other values in memory.
func dirt(t testing.TB) (files [2][]byte) {
	for i := range files {
		values := slices.Repeat([]int32{int32(0x01010101 * (i + 3))}, 256)
		files[i] = handFile(t, handColumns[0], 256, handPage{values: 256, body: int32s(values...)})
	}
	return files
}

// FuzzFile reads whole files, of every codec.
func FuzzFile(f *testing.F) {
	rows := wages(3)
	for _, codec := range []compress.Codec{&parquetgo.Uncompressed, &parquetgo.Snappy, &parquetgo.Gzip, &parquetgo.Zstd, &parquetgo.Lz4Raw, &parquetgo.Brotli} {
		f.Add(written(f, rows, 2, codec))
	}
	f.Add(written(f, rows, 2, &parquetgo.Snappy, parquetgo.DataPageVersion(1)))
	for _, data := range suiteTables(f) {
		f.Add(data)
	}
	r, dirty := decodetest.Recorded("uwv_employment"), dirt(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		same(t, data, func() ([]decodetest.Outcome, error) {
			got, _, err := decodetest.Read(t, parquet.Format, r, data, nil)
			if rows, fault := decodetest.RoundTrip(t, parquet.Format, r.Name, data, nil); rows != len(got) || (err == nil) != (fault == nil) {
				t.Fatalf("%d records (%v), then %d (%v)", len(got), err, rows, fault)
			}
			return got, err
		}, dirty)
	})
}

// suiteTables are the small files of apache/parquet-testing with plain columns,
// these under names of uwv_employment.
func suiteTables(t testing.TB) (tables [][]byte) {
	t.Helper()
	names := map[string]string{"text": "sector", "integer": "loon_sv", "hours": "contracturen_per_week", "date": "datum_eind_ikv"}
	files, columns := connectortest.Archive(t, parquetTesting+"files.tar.gz"), map[string]map[string]string{}
	for _, e := range expectations(t) {
		readable := strings.HasPrefix(e.outcome, "rows") || e.values == "damaged" || e.values == "codec"
		if !readable || len(files[e.file]) > 8<<10 || strings.HasPrefix(e.file, "shredded") || strings.HasSuffix(e.file, "key_value_metadata.parquet") {
			continue
		}
		if columns[e.file] == nil {
			columns[e.file] = map[string]string{}
		}
		columns[e.file][names[e.kind]] = e.column
	}
	for _, file := range slices.Sorted(maps.Keys(columns)) {
		tables = append(tables, connectortest.Refooted(t, files[file], func(m *format.FileMetaData) {
			for to, from := range columns[file] {
				rename(m, from, to)
			}
		}))
	}
	return tables
}

// rename gives a column of a file another name.
func rename(m *format.FileMetaData, from, to string) {
	for i := range m.Schema {
		if m.Schema[i].Name == from {
			m.Schema[i].Name = to
		}
	}
	for _, g := range m.RowGroups {
		for i := range g.Columns {
			if path := g.Columns[i].MetaData.PathInSchema; len(path) == 1 && path[0] == from {
				g.Columns[i].MetaData.PathInSchema = []string{to}
			}
		}
	}
}

// FuzzFooter reads files that are a footer behind the pages of a sound
// file: what it says, it says of these.
func FuzzFooter(f *testing.F) {
	sound := written(f, wages(3), 2, &parquetgo.Snappy)
	start := len(sound) - 8 - int(binary.LittleEndian.Uint32(sound[len(sound)-8:]))
	f.Add(sound[start : len(sound)-8])
	for _, data := range suiteTables(f) {
		f.Add(data[len(data)-8-int(binary.LittleEndian.Uint32(data[len(data)-8:])) : len(data)-8])
	}
	r, dirty := decodetest.Recorded("uwv_employment"), dirt(f)
	f.Fuzz(func(t *testing.T, footer []byte) {
		data := append(slices.Clone(sound[:start]), footer...)
		data = append(binary.LittleEndian.AppendUint32(data, uint32(len(footer))), "PAR1"...)
		same(t, data, func() ([]decodetest.Outcome, error) {
			got, _, err := decodetest.Read(t, parquet.Format, r, data, nil)
			return got, err
		}, dirty)
	})
}

// packers are the codecs that a page may be packed with.
var packers = []compress.Codec{&parquetgo.Uncompressed, &parquetgo.Snappy, &parquetgo.Gzip, &parquetgo.Brotli, &parquetgo.Zstd, &parquetgo.Lz4Raw}

// FuzzPacked reads pages whose packed bytes are damaged: they are refused,
// or are the texts that they were before they were packed, or as many others.
func FuzzPacked(f *testing.F) {
	body := texts("a", "bb", strings.Repeat("c", 200))
	for i, codec := range packers {
		packed, err := codec.Encode(nil, body)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint8(i), int32(len(body)), packed)
		f.Add(uint8(i), int32(len(body)-1), packed)
	}
	f.Add(uint8(4), int32(1<<30), []byte{})
	f.Add(uint8(2), int32(8), append(connectortest.Gzip(texts("")), connectortest.Gzip(texts(""))...))
	dirty := dirt(f)
	f.Fuzz(func(t *testing.T, codec uint8, size int32, packed []byte) {
		h := format.PageHeader{Type: format.DataPage, CompressedPageSize: int32(len(packed)), UncompressedPageSize: size}
		h.DataPageHeader = thrift.New(format.DataPageHeader{NumValues: 3, Encoding: format.Plain, DefinitionLevelEncoding: format.RLE, RepetitionLevelEncoding: format.RLE})
		page := append(marshal(t, &h), packed...)
		column := handColumns[2]
		data := connectortest.Refooted(t, handFile(t, column, 3, handPage{values: 3, body: body}), func(m *format.FileMetaData) {
			m.RowGroups[0].Columns[0].MetaData.Codec = packers[int(codec)%len(packers)].CompressionCodec()
			m.RowGroups[0].Columns[0].MetaData.DataPageOffset, m.RowGroups[0].Columns[0].MetaData.TotalCompressedSize = 4, int64(len(page))
			m.RowGroups[0].Columns[1].MetaData.DataPageOffset += int64(len(page))
		})
		data = append(append([]byte("PAR1"), page...), data[4:]...)
		same(t, data, func() ([]decodetest.Outcome, error) {
			got, _, err := decodetest.Read(t, parquet.Format, handRecord, data, nil)
			if err == nil && len(got) != 3 {
				t.Fatalf("%d records", len(got))
			}
			return got, err
		}, dirty)
	})
}

// FuzzPage reads single pages of every type, encoding and version. The
// header is sound in form; what it says need not be so.
func FuzzPage(f *testing.F) {
	add := func(column, encoding uint8, flags uint8, values, nulls, inDictionary uint16, levels, body, dictionary []byte) {
		f.Add(column, encoding, flags, values, nulls, inDictionary, levels, body, dictionary)
	}
	add(0, 0, 0, 2, 0, 0, nil, int32s(1, 2), nil)
	add(1, 5, 1, 3, 0, 0, nil, []byte{128, 1, 4, 3, 14, 4, 1, 0, 0, 0, 2, 0, 0, 0}, nil)
	add(2, 0, 2, 3, 0, 0, []byte{3, 5}, texts("a", "bc"), nil)
	add(2, 6, 0, 1, 0, 0, nil, []byte{128, 1, 4, 1, 2, 'x'}, nil)
	add(2, 7, 0, 1, 0, 0, nil, []byte{128, 1, 4, 1, 0, 128, 1, 4, 1, 2, 'x'}, nil)
	add(2, 8, 4, 3, 0, 2, nil, []byte{1, 4, 1, 2, 0}, texts("a", "b"))
	add(3, 0, 0, 2, 0, 0, nil, []byte{0, 4, 226, 255, 255, 156}, nil)
	add(4, 9, 0, 1, 0, 0, nil, []byte{0, 0, 0, 0, 0, 0, 41, 64}, nil)
	add(5, 0, 3, 3, 1, 0, []byte{3, 5}, int32s(0, 19000), nil)
	dirty := dirt(f)
	f.Fuzz(func(t *testing.T, column, encoding, flags uint8, values, nulls, inDictionary uint16, levels, body, dictionary []byte) {
		p := handPage{v2: flags&1 != 0, optional: flags&2 != 0, encoding: format.Encoding(encoding % 10), values: int32(values), nulls: int32(nulls), levels: levels, body: body, inDictionary: int32(inDictionary)}
		if flags&4 != 0 {
			p.dictionary = append([]byte{}, dictionary...)
		}
		if !p.optional {
			p.levels = nil
		}
		data := handFile(t, handColumns[int(column)%len(handColumns)], int64(values), p)
		same(t, data, func() ([]decodetest.Outcome, error) {
			got, _, err := decodetest.Read(t, parquet.Format, handRecord, data, nil)
			if err == nil && len(got) != int(values) {
				t.Fatalf("%d records of %d", len(got), values)
			}
			return got, err
		}, dirty)
	})
}
