package decode_test

import (
	"slices"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
)

// fuzzMemory is what reading a small file may take: buffers, and pages that say
// of a million values that they are absent.
const fuzzMemory = 1 << 30

// same reads a file twice, with other files' values in the library's buffers,
// and fails when it is not the same twice.
func same(t *testing.T, data []byte, read func() ([]outcome, error), dirty [2][]byte) {
	t.Helper()
	var got [2][]outcome
	var errs [2]error
	bounded(t, fuzzMemory, func() {
		for i := range got {
			_, _, _ = record(t, decode.Parquet, handRecord, dirty[i], nil)
			got[i], errs[i] = read()
		}
	})
	if (errs[0] == nil) != (errs[1] == nil) || !slices.EqualFunc(got[0], got[1], func(a, b outcome) bool { return a.String() == b.String() }) {
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

// FuzzParquet reads whole files, of every codec.
func FuzzParquet(f *testing.F) {
	rows := wages(3)
	for _, codec := range []compress.Codec{&parquet.Uncompressed, &parquet.Snappy, &parquet.Gzip, &parquet.Zstd, &parquet.Lz4Raw, &parquet.Brotli} {
		f.Add(written(f, rows, 2, codec))
	}
	f.Add(written(f, rows, 2, &parquet.Snappy, parquet.DataPageVersion(1)))
	r, dirty := recorded("uwv_employment"), dirt(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		same(t, data, func() ([]outcome, error) {
			got, _, err := record(t, decode.Parquet, r, data, nil)
			if rows, fault := again(t, decode.Parquet, r.Name, data, nil); rows != len(got) || (err == nil) != (fault == nil) {
				t.Fatalf("%d records (%v), then %d (%v)", len(got), err, rows, fault)
			}
			return got, err
		}, dirty)
	})
}

// FuzzParquetPage reads single pages of every type, encoding and version. The
// header is sound in form; what it says need not be so.
func FuzzParquetPage(f *testing.F) {
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
		same(t, data, func() ([]outcome, error) {
			got, _, err := record(t, decode.Parquet, handRecord, data, nil)
			if err == nil && len(got) != int(values) {
				t.Fatalf("%d records of %d", len(got), values)
			}
			return got, err
		}, dirty)
	})
}
