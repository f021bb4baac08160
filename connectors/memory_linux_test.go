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
		"large pages, none":    {largePages(&parquet.Uncompressed, 40<<20, 1), schemas.ColumnMissing},
		"large pages, snappy":  {largePages(&parquet.Snappy, 40<<20, 1), schemas.ColumnMissing},
		"large pages, gzip":    {largePages(&parquet.Gzip, 40<<20, 1), schemas.ColumnMissing},
		"large pages, zstd":    {largePages(&parquet.Zstd, 40<<20, 1), schemas.ColumnMissing},
		"large pages, lz4":     {largePages(&parquet.Lz4Raw, 40<<20, 1), schemas.ColumnMissing},
		"large pages, brotli":  {largePages(&parquet.Brotli, 40<<20, 1), schemas.ColumnMissing},
		"pages of six columns": {largePages(&parquet.Zstd, 8<<20, 6), schemas.ColumnMissing},
		"pages too large":      {largePages(&parquet.Zstd, 40<<20, 6), schemas.UnreadableFile},
		"large dictionaries":   {largeDictionaries, schemas.ColumnMissing},
		"texts that share":     {sharedTexts, schemas.ColumnMissing},
		"large footers":        {largeFooters, schemas.UnreadableFile},
		"wide headers":         {wideHeaders, schemas.ColumnMissing},
		"objects of keys":      {objectsOfKeys, schemas.QuarantineOverLimit},
		"manifests of nothing": {manifests(strings.Repeat("0,", 30<<20) + "0"), schemas.ManifestInvalid},
		"manifests of keys":    {manifests(`{` + strings.TrimSuffix(manyKeys(3_000_000), ",") + `}`), schemas.ManifestInvalid},
		"manifests of files":   {manifests(strings.TrimSuffix(strings.Repeat(`{"name":"x","record":"y"},`, 2<<20), ",")), schemas.ManifestInvalid},
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

// plainTexts is a column whose one page is one text.
func plainTexts(column string, size int) connectortest.Chunk {
	body := connectortest.PlainTexts(strings.Repeat("x", size))
	return connectortest.Chunk{Column: column, Type: format.ByteArray, Pages: []connectortest.Page{connectortest.DataPage(format.Plain, 1, body)}}
}

// largePages writes deliveries of files with one row in each row group, that
// have as many texts of a size as fit in the limit of a row group.
func largePages(codec compress.Codec, size, columns int) func(*testing.T, string) {
	return func(t *testing.T, landing string) {
		names := []string{"recordnummer", "pseudoniem_v", "ikv_nummer", "pseudoniem_werkgever", "soort_inkomen", "sector", "aard_arbeidsverhouding"}
		var chunks []connectortest.Chunk
		for _, name := range names[:columns] {
			chunks = append(chunks, plainTexts(name, size))
		}
		deliver(t, landing, connectortest.PagedParquet(t, chunks, codec, 3, 1), 3)
	}
}

// largeDictionaries are row groups of one row whose dictionary is large.
func largeDictionaries(t *testing.T, landing string) {
	many := strings.Split(strings.Repeat("xxxxxxxxxxxx,", 2<<20), ",")
	chunk := connectortest.Chunk{Column: "sector", Type: format.ByteArray, Pages: []connectortest.Page{
		connectortest.DictionaryPage(len(many), connectortest.PlainTexts(many...)),
		connectortest.DataPage(format.RLEDictionary, 1, []byte{1, 2, 0}),
	}}
	deliver(t, landing, connectortest.PagedParquet(t, []connectortest.Chunk{chunk}, &parquet.Zstd, 3, 1), 3)
}

// sharedTexts are pages of DELTA_BYTE_ARRAY in which every text begins as the
// one before: a megabyte that stands for sixty.
func sharedTexts(t *testing.T, landing string) {
	const texts, size = 60, 1 << 20
	texts32 := func(first, rest int32) []int32 {
		all := slices.Repeat([]int32{rest}, texts)
		all[0] = first
		return all
	}
	body, err := new(delta.BinaryPackedEncoding).EncodeInt32(nil, texts32(0, size))
	if err != nil {
		t.Fatal(err)
	}
	lengths, err := new(delta.BinaryPackedEncoding).EncodeInt32(nil, texts32(size, 0))
	if err != nil {
		t.Fatal(err)
	}
	body = append(append(body, lengths...), strings.Repeat("x", size)...)
	chunk := connectortest.Chunk{Column: "sector", Type: format.ByteArray, Pages: []connectortest.Page{connectortest.DataPage(format.DeltaByteArray, texts, body)}}
	deliver(t, landing, connectortest.PagedParquet(t, []connectortest.Chunk{chunk}, &parquet.Zstd, 3, texts), 3*texts)
}

// largeFooters are footers of 16 MiB, the last row group of which is of no rows that are.
func largeFooters(t *testing.T, landing string) {
	names := []string{"recordnummer", "pseudoniem_v", "ikv_nummer", "sector", "oproep", "schriftelijk"}
	var chunks []connectortest.Chunk
	for _, name := range names {
		chunks = append(chunks, plainTexts(name, 1))
	}
	deliver(t, landing, connectortest.PagedParquet(t, chunks, &parquet.Uncompressed, 32_000, -1), 1)
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

// deliver writes deliveries of several files that are all alike.
func deliver(t *testing.T, landing string, data []byte, rows int) {
	t.Helper()
	t.Logf("files of %d bytes", len(data))
	for i := range 2 {
		d := connectortest.Delivery{Supplier: "uwv", ID: fmt.Sprint("d-", i)}
		for j := range 4 {
			d.Files = append(d.Files, connectortest.File{Name: fmt.Sprintf("w-%d.parquet", j), Record: "uwv_employment", Format: "parquet", Data: data, Rows: rows})
		}
		d.Write(t, landing)
	}
}
