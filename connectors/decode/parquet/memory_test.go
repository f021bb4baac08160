package parquet_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	parquetgo "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/decodetest"
	"doorstroom/connectors/decode/memory"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
)

// textFile is a file of row groups of one row with texts.
func textFile(t *testing.T, size, groups int, columns ...string) []byte {
	t.Helper()
	page := connectortest.DataPage(format.Plain, 1, connectortest.PlainTexts(strings.Repeat("x", size)))
	var chunks []connectortest.Chunk
	for _, name := range columns {
		chunks = append(chunks, connectortest.Chunk{Column: name, Type: format.ByteArray, Pages: []connectortest.Page{page}})
	}
	return connectortest.PagedParquet(t, chunks, &parquetgo.Zstd, groups, 1)
}

// reading is a file that is being read and stands still at its first record.
type reading struct {
	at, goOn chan struct{}
	done     chan error
}

func read(ctx context.Context, memory *memory.Pool, data []byte) *reading {
	r := &reading{make(chan struct{}, 1), make(chan struct{}), make(chan error, 1)}
	go func() {
		share := memory.Share(ctx)
		defer share.Close()
		parts, err := parquet.Format.Parts(&decode.Input{Record: handRecord, ColumnsAbsent: decodetest.Optional(handRecord), File: bytes.NewReader(data), Size: int64(len(data)), Memory: share})
		for _, p := range parts {
			if err == nil {
				_, err = p.Read(func(schemas.Row, schemas.Rule) error {
					r.at <- struct{}{}
					<-r.goOn
					return nil
				})
			}
		}
		r.done <- err
	}()
	return r
}

// TestSharedMemory holds that of files with large pages some are read side by
// side and the next one waits until one of them has ended; that waiting ends
// with the context, which is not a fault of the file; and that all are read.
func TestSharedMemory(t *testing.T) {
	memory, data := memory.NewPool(), textFile(t, 55<<20, 1, "text", "other")
	first, second := read(context.Background(), memory, data), read(context.Background(), memory, data)
	<-first.at
	<-second.at
	ctx, cancel := context.WithCancel(context.Background())
	third := read(ctx, memory, data)
	cancel()
	var fault *decode.Fault
	if err := <-third.done; !errors.Is(err, context.Canceled) || errors.As(err, &fault) {
		t.Errorf("%v", err)
	}
	if len(third.at) > 0 {
		t.Error("a third one was read beside the others")
	}
	fourth := read(context.Background(), memory, data)
	close(first.goOn)
	close(second.goOn)
	close(fourth.goOn)
	for _, r := range []*reading{first, second, fourth} {
		if err := <-r.done; err != nil {
			t.Error(err)
		}
	}
}

// TestSharedFooters holds that a file with a large footer waits until the one
// before it is closed, and others do not.
func TestSharedFooters(t *testing.T) {
	memory, large, small := memory.NewPool(), textFile(t, 1, 30_000, "text"), textFile(t, 1, 1, "text")
	first := read(context.Background(), memory, large)
	<-first.at
	ctx, cancel := context.WithCancel(context.Background())
	second := read(ctx, memory, large)
	cancel()
	if err := <-second.done; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	third := read(context.Background(), memory, small)
	close(third.goOn)
	if err := <-third.done; err != nil {
		t.Error(err)
	}
	fourth := read(context.Background(), memory, large)
	go func() {
		for range fourth.at {
		}
	}()
	go func() {
		for range first.at {
		}
	}()
	close(first.goOn)
	close(fourth.goOn)
	for _, r := range []*reading{first, fourth} {
		if err := <-r.done; err != nil {
			t.Error(err)
		}
		close(r.at)
	}
}

// TestRowGroups holds that a file of more row groups than the format numbers is refused.
func TestRowGroups(t *testing.T) {
	for groups, rows := range map[int]int{32_767: 20_000, 32_768: 0} {
		got, _, err := decodetest.Read(t, parquet.Format, handRecord, textFile(t, 1, groups, "text"), nil)
		if len(got) != rows || (err == nil) != (rows > 0) {
			t.Errorf("%d row groups: %d records, %v", groups, len(got), err)
		}
	}
}

// TestPageLimits holds that a page may unpack to 64 MiB and no more, and the
// pages that a row group needs at a time to 256 MiB.
func TestPageLimits(t *testing.T) {
	columns := []string{"a", "b", "c", "d", "e"}
	wide := &schemas.Record{Name: "wide", New: func() schemas.Row { return &decodetest.Recorder{} }}
	for _, name := range columns {
		wide.Fields = append(wide.Fields, schemas.Field{Column: name, Kind: schemas.KindText})
	}
	const text = 64<<20 - 4 // and its length before it
	for name, c := range map[string]struct {
		size    int
		columns []string
		says    string // empty for a file that is read
	}{
		"64 MiB":                  {text, columns[:4], ""},
		"a byte more":             {text + 1, columns[:4], "column a, page 1 cannot be read: it unpacks to 67108865 bytes"},
		"256 MiB together":        {51 << 20, columns, ""},
		"more than that together": {52 << 20, columns, "column e, page 1 cannot be read: it and the pages of other columns that are needed with it take more than 256 MiB"},
	} {
		got, _, err := decodetest.Read(t, parquet.Format, wide, textFile(t, c.size, 1, c.columns...), nil)
		if c.says != "" {
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || len(got) != 1 || len(got[0].Set) != len(c.columns) || len(got[0].Set[0]) != c.size {
			t.Errorf("%s: %d records, %v", name, len(got), err)
		}
	}
}
