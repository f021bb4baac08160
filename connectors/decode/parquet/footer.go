package parquet

import (
	"encoding/binary"
	"io"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
)

const (
	// footerLimit is how long a footer may be: some 5,000 row groups of 20 columns.
	footerLimit = 16 << 20
	// smallFooter and smallStructs are what a footer may have that is read beside others.
	smallFooter  = 256 << 10
	smallStructs = 20_000
	// magic opens a file and ends it.
	magic = "PAR1"
)

// fileMeta is what reading needs of a file's footer. Statistics, keys and
// values, and places of indexes are most of a footer: they are passed over.
// The numbers are those of the format's own definition.
// https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
type fileMeta struct {
	Version   int32                  `thrift:"1,required"`
	Schema    []format.SchemaElement `thrift:"2,required"`
	NumRows   int64                  `thrift:"3,required"`
	RowGroups []groupMeta            `thrift:"4,required"`
}

type groupMeta struct {
	Columns []chunkMeta `thrift:"1,required"`
	NumRows int64       `thrift:"3,required"`
}

type chunkMeta struct {
	// FilePath names another file that holds the pages.
	FilePath string     `thrift:"1,optional"`
	MetaData columnMeta `thrift:"3,optional"`
	// Encryption is there for a column that is encrypted.
	Encryption *struct{} `thrift:"8,optional"`
}

type columnMeta struct {
	Type                 format.Type             `thrift:"1,required"`
	PathInSchema         []string                `thrift:"3,required"`
	Codec                format.CompressionCodec `thrift:"4,required"`
	TotalCompressedSize  int64                   `thrift:"7,required"`
	DataPageOffset       int64                   `thrift:"9,required"`
	DictionaryPageOffset int64                   `thrift:"11,optional"`
}

// readMeta reads the footer of a file, and where it starts.
func readMeta(in *decode.Input) (*fileMeta, int64, error) {
	footer, start, err := readFooter(in)
	if err != nil {
		return nil, 0, err
	}
	structs, ok := soundThrift(footer, footerStructs)
	if !ok {
		return nil, 0, decode.Unreadable("a broken Parquet footer, or one of more than %d parts", footerStructs)
	}
	if structs > smallStructs {
		if err := in.Memory.LargeFooter(); err != nil {
			return nil, 0, err
		}
	}
	var protocol thrift.CompactProtocol
	meta := new(fileMeta)
	if _, err := decodeThrift(&protocol, footer, meta); err != nil {
		return nil, 0, decode.Unreadable("a broken Parquet footer")
	}
	if meta.NumRows < 0 {
		return nil, 0, decode.Unreadable("a Parquet footer with a negative number of rows")
	}
	return meta, start, nil
}

// readFooter gives the footer's bytes and where they start.
func readFooter(in *decode.Input) ([]byte, int64, error) {
	if in.Size < int64(2*len(magic)+4) {
		return nil, 0, decode.Unreadable("no Parquet file")
	}
	head, end := make([]byte, min(in.Size, decode.HeadLength)), make([]byte, 8)
	if err := readFull(in.File, head, 0); err != nil {
		return nil, 0, err
	}
	if err := readFull(in.File, end, in.Size-8); err != nil {
		return nil, 0, err
	}
	if kind := decode.Sniff(head); kind != "Parquet" && kind != "" {
		return nil, 0, decode.Unreadable("no Parquet file: the file is %s", kind)
	}
	if string(head[:len(magic)]) != magic || string(end[4:]) != magic {
		return nil, 0, decode.Unreadable("no Parquet file, or an encrypted one, or one that was cut off")
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if length > min(in.Size-12, footerLimit) {
		return nil, 0, decode.Unreadable("a footer longer than the file, or than %d bytes", footerLimit)
	}
	if length > smallFooter {
		if err := in.Memory.LargeFooter(); err != nil {
			return nil, 0, err
		}
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
