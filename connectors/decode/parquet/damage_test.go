package parquet_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"

	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// TestDamaged changes bytes all over a file, one at a time, and cuts it
// off all over: it reads, or it is the file's fault. Nothing panics or hangs.
func TestDamaged(t *testing.T) {
	rows := wages(40)
	for name, codec := range map[string]compress.Codec{"none": &parquetgo.Uncompressed, "lz4_raw": &parquetgo.Lz4Raw, "zstd": &parquetgo.Zstd} {
		t.Run(name, func(t *testing.T) {
			data := written(t, rows, 20, codec)
			if n, err := decodetest.RoundTrip(t, parquet.Format, "uwv_employment", data, nil); n != 40 || err != nil {
				t.Fatalf("%d rows, %v", n, err)
			}
			for i := 0; i < len(data); i += 7 {
				damaged := bytes.Clone(data)
				damaged[i] ^= []byte{0x01, 0x80, 0xff}[i%3]
				_, _ = decodetest.RoundTrip(t, parquet.Format, "uwv_employment", damaged, nil)
			}
			for i := 0; i < len(data); i += 31 {
				if _, err := decodetest.RoundTrip(t, parquet.Format, "uwv_employment", data[:i], nil); err == nil {
					t.Fatalf("a file cut to %d bytes is taken", i)
				}
			}
		})
	}
}

// TestChecksums turns a bit of every byte of the pages of a file whose writer
// gave them checksums: it is refused, or the byte was one that says nothing.
func TestChecksums(t *testing.T) {
	data, err := os.ReadFile("testdata/pyarrow_one_group_crc.parquet")
	if err != nil {
		t.Fatal(err)
	}
	r := decodetest.Recorded("uwv_employment")
	sound, _, err := decodetest.Read(t, parquet.Format, r, data, nil)
	if err != nil || len(sound) != 12 {
		t.Fatalf("%d records, %v", len(sound), err)
	}
	footer := len(data) - 8 - int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	refused := 0
	for at := 4; at < footer; at++ {
		damaged := bytes.Clone(data)
		damaged[at] ^= 1 << (at % 8)
		got, _, err := decodetest.Read(t, parquet.Format, r, damaged, nil)
		fault := decodetest.FaultOf(err)
		if fault != nil && fault.Reason == schemas.UnreadableFile {
			refused++
			continue
		}
		if err != nil || len(got) != 12 || decodetest.Differing(got, sound) > 0 {
			t.Errorf("byte %d: %d records, %d others, %v", at, len(got), decodetest.Differing(got, sound), err)
		}
	}
	if refused < footer/2 {
		t.Errorf("%d of %d refused", refused, footer)
	}
}
