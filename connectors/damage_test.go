package connectors_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"

	"doorstroom/connectors/connectortest"
	"doorstroom/schemas"
)

// damagedFile is a file that went wrong on its way.
type damagedFile struct {
	name string
	data []byte
}

// damage makes files out of a sound one: bits turned over all over it, and the
// file cut off at its ends, at the ends of its lines and in its middle.
func damage(data []byte, seed uint64) (all []damagedFile) {
	random := rand.New(rand.NewPCG(seed, 1))
	for i := range 25 {
		flipped := bytes.Clone(data)
		flipped[random.IntN(len(data))] ^= 1 << random.IntN(8)
		all = append(all, damagedFile{fmt.Sprintf("flip-%d", i), flipped})
	}
	cuts := []int{0, 1, 3, len(data) / 3, len(data) / 2, len(data) - 9, len(data) - 8, len(data) - 4, len(data) - 1}
	if end := bytes.LastIndexByte(data[:len(data)-1], '\n'); end > 0 {
		cuts = append(cuts, end, end+1, end+2)
	}
	for _, at := range cuts {
		all = append(all, damagedFile{fmt.Sprintf("cut-%d", at), data[:at]})
	}
	return all
}

// soundFiles are a sound file of each format.
func soundFiles(t *testing.T) map[string]connectortest.Delivery {
	t.Helper()
	var csv, lines strings.Builder
	csv.WriteString(csvHeader)
	wages := make([]connectortest.Wage, 20)
	for i := range wages {
		fmt.Fprintf(&csv, "a%d;%s;0014;%02d-02-2023;20240000;verhuisd;\r\n", i, pseudonym, i+1)
		lines.WriteString(permit(fmt.Sprintf("p%d", i), fmt.Sprint(1970+i)))
		wages[i] = connectortest.WageAt(i)
	}
	table := connectortest.Parquet(t, wages, 7, &parquet.Zstd)
	d := map[string]connectortest.Delivery{
		"csv": residence("", csv.String(), 20), "jsonl": permits("", lines.String(), 20, ""), "json": duo("", page(20, exams(20, 0))),
		"parquet": {Supplier: "uwv", Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: table, Rows: 20}}},
	}
	for _, packed := range []string{"csv", "jsonl"} {
		p := d[packed]
		f := p.Files[0]
		f.Format, f.Data = packed+".gz", connectortest.Gzip(f.Data)
		p.Files = []connectortest.File{f}
		d[packed+".gz"] = p
	}
	return d
}

// TestDamagedDeliveries reads every format damaged in every way. A file that was
// cut off refuses its delivery; else what is accepted is on the topic, once,
// and no row that was not damaged has become another.
func TestDamagedDeliveries(t *testing.T) {
	for format, d := range soundFiles(t) {
		t.Run(format, func(t *testing.T) {
			h := connectortest.New(t)
			sound := d.Files[0]
			write := func(id string, data []byte) {
				f := sound
				f.Data = data
				d.ID, d.Files = id, []connectortest.File{f}
				d.Write(t, h.Landing)
			}
			write("sound", sound.Data)
			for _, c := range damage(sound.Data, uint64(len(format))) {
				write(c.name, c.data)
			}
			closed := h.MustRead()
			messages := byLoad(t, h, sound.Record)
			i := slices.IndexFunc(closed, func(c schemas.Closed) bool { return c.DeliveryID == "sound" })
			want := messages[closed[i].LoadID]
			if closed[i].Reason != "" || len(want) != 20 {
				t.Fatalf("%s (%s), %d messages", closed[i].Reason, closed[i].Detail, len(want))
			}
			for _, c := range closed {
				cut := strings.HasPrefix(c.DeliveryID, "cut-")
				// Without its last line end, or a character of it, a text is whole.
				if cut && c.Reason == "" && !(strings.HasPrefix(format, "csv") || format == "jsonl") {
					t.Errorf("%s is taken", c.DeliveryID)
				}
				if c.Reason != "" {
					continue
				}
				got, others := messages[c.LoadID], 0
				if uint64(len(got)) != c.Records[0].RowsAccepted || c.Records[0].RowsInFiles != 20 {
					t.Errorf("%s: %d messages, %+v", c.DeliveryID, len(got), c.Records[0])
				}
				for row, m := range got {
					if !bytes.Equal(m, want[row]) {
						others++
					}
				}
				// A bit turned is one other record; in the header of CSV, or in a dictionary, it may be several.
				if others > 1 && format != "csv" && format != "parquet" || cut && others > 0 {
					t.Errorf("%s: %d records have become others", c.DeliveryID, others)
				}
			}
		})
	}
}

// byLoad gives the records of a topic by load and row, without their position.
func byLoad(t *testing.T, h *connectortest.Harness, record string) map[uint64]map[int64][]byte {
	t.Helper()
	r := schemas.RecordOf(record)
	row, all := r.New(), map[uint64]map[int64][]byte{}
	for _, m := range h.Messages(r.Topic()) {
		at, err := row.DecodeAvro(m.Value[5:])
		if err != nil {
			t.Fatal(err)
		}
		if all[at.LoadID] == nil {
			all[at.LoadID] = map[int64][]byte{}
		}
		if all[at.LoadID][at.RowNo] != nil {
			t.Fatalf("row %d twice", at.RowNo)
		}
		all[at.LoadID][at.RowNo] = row.AppendAvro(nil, schemas.Position{})
	}
	return all
}

// packed compresses text, then so many bytes of filling, then the end.
func packed(t *testing.T, text, filling, end string, size int) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	block := strings.Repeat(filling, (1<<20)/len(filling))
	for _, r := range []io.Reader{strings.NewReader(text), &repeated{block, size / len(block)}, strings.NewReader(end)} {
		if _, err := io.Copy(z, r); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// repeated is a block of text many times over, made as it is read.
type repeated struct {
	block string
	times int
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.times == 0 {
		return 0, io.EOF
	}
	return 0, io.ErrNoProgress
}

// WriteTo implements io.WriterTo.
func (r *repeated) WriteTo(w io.Writer) (n int64, err error) {
	for ; r.times > 0; r.times-- {
		k, err := io.WriteString(w, r.block)
		if n += int64(k); err != nil {
			return n, err
		}
	}
	return n, nil
}

// TestVastInput reads files that unpack to lines, quotes, headers and objects
// beyond all measure: the right verdict, in little memory.
func TestVastInput(t *testing.T) {
	csvRow := "a;" + pseudonym + ";0014;01-02-2023;;;"
	wide := strings.TrimSuffix(csvHeader, "\n") + ";x\n"
	exam := exams(1, 0)
	lines := func(data []byte, rows int) connectortest.Delivery {
		return connectortest.Delivery{Supplier: "coa", Files: []connectortest.File{{Name: "p.jsonl.gz", Record: "coa_permit", Format: "jsonl.gz", Data: data, Rows: rows}}}
	}
	csvGzip := func(data []byte, rows int) connectortest.Delivery {
		d := residence("", "", rows)
		d.Files[0].Format, d.Files[0].Data = "csv.gz", data
		return d
	}
	deep := strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000)
	keys := `{"k0":0` + manyKeys(1_000_000)[7:] + `}`
	for name, c := range map[string]struct {
		d      connectortest.Delivery
		reason schemas.Reason
		want   []string
	}{
		"a field":           {csvGzip(packed(t, wide+csvRow+";", "x", "\nb"+csvRow[1:]+";\n", vast), 2), "", nil},
		"a quoted field":    {csvGzip(packed(t, wide+csvRow+";\"", "x\n", "\"\nb"+csvRow[1:]+";\n", vast), 2), "", nil},
		"an open quote":     {csvGzip(packed(t, wide+csvRow+";\"", "x;", "\n", vast), 1), schemas.UnreadableFile, nil},
		"separators":        {csvGzip(packed(t, csvHeader, ";", "\n"+csvRow+"\n", vast), 2), "", []string{"1 wrong_field_count"}},
		"a header":          {csvGzip(packed(t, "x", ";", "\n"+csvRow+"\n", vast), 0), schemas.ColumnMissing, nil},
		"a header of names": {csvGzip(packed(t, "x", "yyyyyyyyyyyyyyy;", "\n"+csvRow+"\n", vast), 0), schemas.ColumnMissing, nil},
		"blank lines":       {csvGzip(packed(t, csvHeader, " \n", csvRow+"\n", vast), 1), "", nil},
		"a JSON line":       {lines(packed(t, `{"x":"`, "x", `"}`+"\n"+permit("a", "1990"), vast), 2), "", []string{"1 bad_json"}},
		"deep JSON":         {permits("", deep+"\n"+`{"x":`+deep+"}\n"+permit("a", "1990"), 3, ""), "", []string{"1 bad_json", "2 bad_json"}},
		"a million keys":    {permits("", keys+"\n"+permit("a", "1990"), 2, ""), "", []string{"1 bad_json"}},
		"deep in a page":    {duo("", page(3, exam+","+deep+`,{"x":`+deep+"}")), "", []string{"2 bad_json", "3 bad_json"}},
		"keys in a page":    {duo("", page(2, exam+","+keys)), "", []string{"2 bad_json"}},
		"a page of keys":    {duo("", []byte(keys)), schemas.UnreadableFile, nil},
		"a deep page":       {duo("", []byte(deep)), schemas.UnreadableFile, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := connectortest.New(t)
			c.d.ID = "d"
			if c.d.Supplier == "duo" {
				c.d.Files[0].Rows = max(1, len(c.want)+1)
			}
			var closed schemas.Closed
			if peak := peakHeap(func() { closed = readOne(t, h, c.d) }); peak > 64<<20 {
				t.Errorf("%d MiB of heap", peak>>20)
			}
			if closed.Reason != c.reason {
				t.Errorf("%q (%s), want %q", closed.Reason, closed.Detail, c.reason)
			}
			if got := entries(h, closed.LoadID); !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// peakHeap is how far the heap grew during work, sampled.
func peakHeap(work func()) (peak uint64) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	before, done, sampled := sample[0].Value.Uint64(), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(sampled)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				metrics.Read(sample)
				peak = max(peak, sample[0].Value.Uint64())
			}
		}
	}()
	work()
	close(done)
	<-sampled
	return peak - min(peak, before)
}

// TestHostileNames: a name that leads out of the folder, or is none, makes the manifest invalid.
func TestHostileNames(t *testing.T) {
	h := connectortest.New(t)
	names := []string{"", ".", "..", "../r.csv", "a/../r.csv", "/etc/passwd", `..\r.csv`, "a/b", ".r.csv", "-r.csv", "r csv", "r\n.csv", "r.csv\n", "r\x00.csv", "r.cśv", "%2e%2e", "~", "$HOME", "`id`", "r;csv", strings.Repeat("r", 101), "\u202er.csv"}
	for i, name := range names {
		d := residence(fmt.Sprintf("d-%02d", i), "", 0)
		d.Files[0].Name, d.Files[0].Leave = name, true
		d.Write(t, h.Landing)
	}
	closed := h.MustRead()
	if len(closed) != len(names) {
		t.Fatalf("%d closed of %d", len(closed), len(names))
	}
	for i, c := range closed {
		if c.Reason != schemas.ManifestInvalid {
			t.Errorf("%q: %q (%s)", names[i], c.Reason, c.Detail)
		}
	}
}
