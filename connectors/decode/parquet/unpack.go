package parquet

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

// zstdDecoder is shared: DecodeAll may run side by side.
var zstdDecoder = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(pageLimit+1), zstd.WithDecodeAllCapLimit(true))
})

// unpackCost is what unpacking a page takes beside the page: brotli keeps a
// window of up to 16 MiB, and its like.
func unpackCost(codec format.CompressionCodec) int64 {
	if codec == format.Brotli {
		return 17 << 20
	}
	return 1 << 20
}

// codecNames are the codecs that a page may be packed with.
var codecNames = map[format.CompressionCodec]string{
	format.Uncompressed: "none", format.Snappy: "snappy", format.Gzip: "gzip", format.Brotli: "brotli", format.Zstd: "zstd", format.Lz4Raw: "lz4_raw",
}

// errUnpack says that packed bytes are not those of a page; unpackExactly names the codec.
var errUnpack = errors.New("not packed so")

// unpackExactly fills dst from src: as much as there is room for and no more
// is what a sound page holds.
func unpackExactly(codec format.CompressionCodec, dst, src []byte) error {
	err := unpackInto(codec, dst, src)
	if errors.Is(err, errUnpack) {
		return damaged("%d bytes that %s does not unpack to the %d that its header says", len(src), codecNames[codec], len(dst))
	}
	return err
}

func unpackInto(codec format.CompressionCodec, dst, src []byte) error {
	if len(dst) == 0 && len(src) == 0 {
		return nil
	}
	switch codec {
	case format.Snappy:
		if n, err := snappy.DecodedLen(src); err != nil || n != len(dst) {
			return errUnpack
		}
		out, err := snappy.Decode(dst, src)
		return exactly(len(out), err, dst)
	case format.Zstd:
		d, err := zstdDecoder()
		if err != nil {
			return err
		}
		out, err := d.DecodeAll(src, dst[:0:len(dst)])
		return exactly(len(out), err, dst)
	case format.Lz4Raw:
		n, err := lz4.UncompressBlock(src, dst)
		return exactly(n, err, dst)
	case format.Gzip:
		z, err := gzip.NewReader(bytes.NewReader(src))
		if err != nil {
			return errUnpack
		}
		return fill(dst, z)
	case format.Brotli:
		return fill(dst, brotli.NewReader(bytes.NewReader(src)))
	}
	return errUnpack
}

func exactly(n int, err error, dst []byte) error {
	if err != nil || n != len(dst) {
		return errUnpack
	}
	return nil
}

// fill reads dst full and sees to it that nothing is left.
func fill(dst []byte, r io.Reader) error {
	if _, err := io.ReadFull(r, dst); err != nil {
		return errUnpack
	}
	if _, err := io.ReadFull(r, make([]byte, 1)); err != io.EOF {
		return errUnpack
	}
	return nil
}
