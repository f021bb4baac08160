package connectors_test

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
	"github.com/parquet-go/parquet-go/encoding/delta"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// memoryLimit is what the process may take at any input.
const memoryLimit = 1 << 30

// childLanding names, for a process that TestProcessMemory starts, the landing folder to read.
const childLanding = "DOORSTROOM_TEST_LANDING"

// TestProcessMemory reads files side by side whose pages are as large as they
// may be, with the embedded Kafka in the same process, and holds what the
// system says that the process took at most.
func TestProcessMemory(t *testing.T) {
	if landing := os.Getenv(childLanding); landing != "" {
		readAsChild(t, landing)
		return
	}
	for name, c := range map[string]struct {
		write  func(t *testing.T, landing string)
		reason schemas.Reason
	}{
		"large pages":          {largePages, schemas.ColumnMissing},
		"pages too large":      {pagesTooLarge, schemas.UnreadableFile},
		"large footers":        {largeFooters, schemas.UnreadableFile},
		"wide headers":         {wideHeaders, schemas.ColumnMissing},
		"objects of keys":      {objectsOfKeys, schemas.QuarantineOverLimit},
		"manifests of nothing": {manifests(strings.Repeat("0,", 15<<20) + "0"), schemas.ManifestInvalid},
		"manifests of keys":    {manifests(`{` + strings.TrimSuffix(manyKeys(1_000_000), ",") + `}`), schemas.ManifestInvalid},
		"manifests of files":   {manifests(strings.TrimSuffix(strings.Repeat(fmt.Sprintf(`{"name":"x","record":"%0*d"},`, 60, 0), 150_000), ",")), schemas.ManifestInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			landing := t.TempDir()
			c.write(t, landing)
			peak, reasons := peakOfChild(t, landing)
			t.Logf("%d MiB", peak>>20)
			if peak > memoryLimit {
				t.Errorf("%d MiB", peak>>20)
			}
			for _, reason := range reasons {
				if reason != string(c.reason) {
					t.Errorf("%s, want %s", reason, c.reason)
				}
			}
		})
	}
}

// readAsChild reads a landing folder and says what was decided and taken.
func readAsChild(t *testing.T, landing string) {
	h := connectortest.New(t)
	h.Landing, h.Workers = landing, 8
	for _, c := range h.MustRead() {
		fmt.Println("closed", c.Reason)
	}
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(regexp.MustCompile(`VmHWM:.*`).FindString(string(status)))
}

// peakOfChild gives the greatest resident memory of a process that reads a landing folder.
func peakOfChild(t *testing.T, landing string) (bytes int64, closed []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestProcessMemory$", "-test.v")
	cmd.Env = append(os.Environ(), childLanding+"="+landing)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if kB, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(kB), "kB")), 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			bytes = n << 10
		}
		if strings.HasPrefix(line, "closed ") {
			closed = append(closed, strings.TrimSpace(strings.TrimPrefix(line, "closed ")))
		}
	}
	if bytes == 0 || len(closed) == 0 {
		t.Fatalf("no word of its memory:\n%s", out)
	}
	return bytes, closed
}

// largePages are files of row groups that each come near the limit of one: as
// packed pages of every codec, as dictionaries, and as a megabyte that stands for sixty.
func largePages(t *testing.T, landing string) {
	for name, codec := range map[string]compress.Codec{
		"none": &parquet.Uncompressed, "snappy": &parquet.Snappy, "gzip": &parquet.Gzip, "zstd": &parquet.Zstd, "lz4": &parquet.Lz4Raw, "brotli": &parquet.Brotli,
	} {
		deliver(t, landing, name, connectortest.PagedParquet(t, []connectortest.Chunk{plainTexts("sector", 40<<20)}, codec, 2, 1), 2)
	}
	var six []connectortest.Chunk
	for _, name := range wageTexts {
		six = append(six, plainTexts(name, 8<<20))
	}
	deliver(t, landing, "columns", connectortest.PagedParquet(t, six, &parquet.Zstd, 2, 1), 2)
	many := strings.Split(strings.Repeat("xxxxxxxxxxxx,", 2<<20), ",")
	words := connectortest.Chunk{Column: "sector", Type: format.ByteArray, Pages: []connectortest.Page{
		connectortest.DictionaryPage(len(many), connectortest.PlainTexts(many...)),
		connectortest.DataPage(format.RLEDictionary, 1, []byte{1, 2, 0}),
	}}
	deliver(t, landing, "dictionaries", connectortest.PagedParquet(t, []connectortest.Chunk{words}, &parquet.Zstd, 2, 1), 2)
	const texts = 60
	shared := connectortest.Chunk{Column: "sector", Type: format.ByteArray, Pages: []connectortest.Page{connectortest.DataPage(format.DeltaByteArray, texts, sharedTexts(t, texts, 1<<20))}}
	deliver(t, landing, "shared", connectortest.PagedParquet(t, []connectortest.Chunk{shared}, &parquet.Zstd, 2, texts), 2*texts)
}

// pagesTooLarge are files of row groups beyond the limit of one.
func pagesTooLarge(t *testing.T, landing string) {
	var six []connectortest.Chunk
	for _, name := range wageTexts {
		six = append(six, plainTexts(name, 48<<20))
	}
	deliver(t, landing, "beyond", connectortest.PagedParquet(t, six, &parquet.Zstd, 2, 1), 2)
}

// wageTexts are columns of uwv_employment that hold texts.
var wageTexts = []string{"recordnummer", "pseudoniem_v", "ikv_nummer", "sector", "oproep", "schriftelijk"}

// plainTexts is a column whose one page is one text.
func plainTexts(column string, size int) connectortest.Chunk {
	body := connectortest.PlainTexts(strings.Repeat("x", size))
	return connectortest.Chunk{Column: column, Type: format.ByteArray, Pages: []connectortest.Page{connectortest.DataPage(format.Plain, 1, body)}}
}

// sharedTexts is the body of a page of DELTA_BYTE_ARRAY: the first text, and
// others that are all of it again.
func sharedTexts(t *testing.T, texts, size int) (body []byte) {
	t.Helper()
	shared, own := slices.Repeat([]int32{int32(size)}, texts), make([]int32, texts)
	shared[0], own[0] = 0, int32(size)
	for _, lengths := range [][]int32{shared, own} {
		packed, err := new(delta.BinaryPackedEncoding).EncodeInt32(nil, lengths)
		if err != nil {
			t.Fatal(err)
		}
		body = append(body, packed...)
	}
	return append(body, strings.Repeat("x", size)...)
}

// deliver writes a delivery of several files that are all alike.
func deliver(t *testing.T, landing, id string, data []byte, rows int) {
	t.Helper()
	d := connectortest.Delivery{Supplier: "uwv", ID: id}
	for j := range 4 {
		d.Files = append(d.Files, connectortest.File{Name: fmt.Sprintf("w-%d.parquet", j), Record: "uwv_employment", Format: "parquet", Data: data, Rows: rows})
	}
	d.Write(t, landing)
}

// largeFooters are footers of some 15 MiB; that none of their row groups can be is seen last.
func largeFooters(t *testing.T, landing string) {
	var chunks []connectortest.Chunk
	for _, name := range wageTexts {
		chunks = append(chunks, plainTexts(name, 1))
	}
	data := connectortest.PagedParquet(t, chunks, &parquet.Uncompressed, 33_000, 1)
	deliver(t, landing, "a", data, 1)
	deliver(t, landing, "b", data, 1)
}

// wideHeaders are CSV files with all columns and all bytes that a header may have.
func wideHeaders(t *testing.T, landing string) {
	header := strings.Repeat(strings.Repeat("x", 255)+";", 99_000)
	for i := range 8 {
		residence(fmt.Sprint("d-", i), header+"\n", 0).Write(t, landing)
	}
}

// objectsOfKeys are objects as long as a record may be, of as many keys as fit.
func objectsOfKeys(t *testing.T, landing string) {
	line := `{"k0":0` + manyKeys(80_000)[7:] + "}\n"
	for i := range 8 {
		permits(fmt.Sprint("d-", i), strings.Repeat(line, 11), 11, "").Write(t, landing)
	}
}

// manifests writes deliveries whose manifest names files beyond all measure.
func manifests(files string) func(*testing.T, string) {
	return func(t *testing.T, landing string) {
		for i := range 4 {
			raw := fmt.Sprintf(`{"supplier":"coa","delivery_id":"d-%d","drawn_on":"2024-03-01","covers_from":"2023-01-01","covers_to":"2024-02-29","mode":"full","contract_version":"1.0","key_version":1,"files":[%s]}`, i, files)
			connectortest.Delivery{Supplier: "coa", ID: fmt.Sprint("d-", i), Raw: []byte(raw)}.Write(t, landing)
		}
	}
}
