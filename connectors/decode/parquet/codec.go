package parquet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
)

// packedOtherwise collects columns packed with a codec that the contract does not name.
type packedOtherwise struct {
	codecs  []format.CompressionCodec
	columns []string
}

func (p *packedOtherwise) add(column string, codec format.CompressionCodec) {
	if _, ok := codecNames[codec]; ok {
		return
	}
	if !slices.Contains(p.codecs, codec) {
		p.codecs = append(p.codecs, codec)
	}
	if !slices.Contains(p.columns, column) {
		p.columns = append(p.columns, column)
	}
}

// fault names the codecs and the columns; nil when there are none.
func (p *packedOtherwise) fault() error {
	if len(p.codecs) == 0 {
		return nil
	}
	var names []string
	for _, c := range p.codecs {
		names = append(names, codecName(c))
	}
	return decode.Unreadable("packed with %s: columns %s; write them with none, snappy, gzip, zstd, lz4_raw or brotli",
		strings.Join(names, " and "), strings.Join(p.columns, ", "))
}

func codecName(c format.CompressionCodec) string {
	switch c {
	case format.Lz4:
		return "LZ4 as Hadoop frames it (codec 5, which Parquet has given up for lz4_raw)"
	case format.LZO:
		return "LZO (codec 3)"
	}
	return fmt.Sprintf("an unknown codec (%d)", c)
}
