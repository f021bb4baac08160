package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress"
)

// ruleSet is a list of records of one kind and shape, each with what the
// contract says of it. base is a record that breaks no rule.
type ruleSet struct {
	supplier, name, record, format, mode string
	codes                                []string
	columns                              []string        // csv: the header as delivered
	types                                []parquetColumn // parquet
	codec                                compress.Codec
	base                                 fields
	rows                                 []ruleRow
	// content turns the text of a file into the bytes that are delivered.
	content func(text []byte) []byte
}

// ruleRow changes the base record. want lists the entries that it gives as
// "field rule, field rule", in any order; none for a record that is kept.
// "skip" stands for a line that is not a record.
type ruleRow struct {
	why  string
	set  fields
	want string
}

// noRecord is what a line that is not a record gives.
const noRecord = "skip"

// TestRules breaks every rule for records of contract section 1, on both sides
// of each boundary, in one landing folder and one run. What is not quarantined
// must be counted as accepted.
func TestRules(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "landing")
	var quarantine []string
	counts := map[string][3]int{}
	why := map[string]string{}
	for _, set := range ruleSets() {
		for i, chunk := range set.chunks() {
			set.deliver(t, landing, i, chunk, func(id string, rows, bad int, entries []string, reasons map[string]string) {
				quarantine = append(quarantine, entries...)
				counts[set.supplier+"/"+id] = [3]int{rows, rows - bad, bad}
				maps.Copy(why, reasons)
			})
		}
	}
	u.run("run", "--landing", landing, "--only", "load").exits(0)

	var got []string
	for _, r := range u.run("quarantine", "--format", "CSV").exits(0).rows() {
		got = append(got, strings.Join(r, " "))
	}
	for _, line := range differences(got, quarantine) {
		place := strings.Join(strings.Fields(line[strings.Index(line, ": ")+2:])[:5], " ")
		t.Errorf("%s   (%s)", line, why[place])
	}
	decided := u.deliveries()
	if len(decided) != len(counts) {
		t.Errorf("%d deliveries are decided, %d were handed over", len(decided), len(counts))
	}
	for key, want := range counts {
		d := decided[key]
		if len(d) != 1 || d[0].status != "accepted" || d[0].reason != "" {
			t.Errorf("%s is %+v, want one that is accepted", key, d)
			continue
		}
		if got := [3]string{d[0].rowsInFiles, d[0].accepted, d[0].quarantined}; got != [3]string{strconv.Itoa(want[0]), strconv.Itoa(want[1]), strconv.Itoa(want[2])} {
			t.Errorf("%s counts %v records in files, accepted, quarantined; want %v", key, got, want)
		}
	}
	assertOnlyInWarehouse(t, u.data)
}

// chunks cuts the rows so that none holds more than the 10 bad records that a delivery may have.
func (s ruleSet) chunks() [][]ruleRow {
	bad, chunks := 0, [][]ruleRow{nil}
	for _, row := range s.rows {
		if row.want != "" && row.want != noRecord {
			bad++
		}
		if bad > 10 {
			chunks, bad = append(chunks, nil), 1
		}
		last := len(chunks) - 1
		chunks[last] = append(chunks[last], row)
	}
	for i, chunk := range chunks {
		if !slices.ContainsFunc(chunk, func(r ruleRow) bool { return r.want == "" }) {
			chunks[i] = append(chunk, ruleRow{why: "a sound one, without which none would be"})
		}
	}
	return chunks
}

// deliver writes a chunk as a delivery of its own and tells what it must give.
func (s ruleSet) deliver(t *testing.T, landing string, no int, chunk []ruleRow, tell func(id string, rows, bad int, entries []string, why map[string]string)) {
	t.Helper()
	id := fmt.Sprintf("%s-%02d", s.name, no)
	file := dataFile{name: "records." + s.format, record: s.record, format: s.format}
	var records []fields
	var entries []string
	bad, why := 0, map[string]string{}
	for i, row := range chunk {
		records = append(records, s.apply(row, no*100+i))
		if row.want == noRecord {
			continue
		}
		file.rows++
		place := fmt.Sprintf("%s %s %s %s %d", s.supplier, id, s.record, file.name, file.rows)
		why[place] = row.why
		if row.want == "" {
			continue
		}
		bad++
		for entry := range strings.SplitSeq(row.want, ", ") {
			entries = append(entries, place+" "+entry)
		}
	}
	file.content = s.encode(t, records)
	landed{supplier: s.supplier, id: id, mode: s.mode, codes: s.codes, files: []dataFile{file}}.write(t, landing)
	tell(id, file.rows, bad, entries, why)
}

// apply gives the base record with a row's changes, an id and a pseudonym.
func (s ruleSet) apply(row ruleRow, n int) fields {
	quote := func(text string) string { return text }
	if strings.HasPrefix(s.format, "json") {
		quote = strconv.Quote
	}
	f := fields{"recordnummer": quote(recordID(n)), "pseudoniem_v": quote(pseudonym('v', n))}
	if s.mode == "mutation" {
		f["mutatie"] = quote("T")
	}
	maps.Copy(f, s.base)
	maps.Copy(f, row.set)
	return f
}

func (s ruleSet) encode(t *testing.T, records []fields) (content []byte) {
	t.Helper()
	switch s.format {
	case "csv", "csv.gz":
		content = csvText(s.columns, records)
	case "jsonl", "jsonl.gz":
		content = jsonLines(records)
	case "json":
		content = jsonPage(records, len(records))
	case "parquet":
		codec := s.codec
		if codec == nil {
			codec = &parquet.Snappy
		}
		content = parquetFile(t, s.types, records, codec, 7)
	}
	if s.content != nil {
		content = s.content(content)
	}
	return content
}

// ruleSets are all of them.
func ruleSets() []ruleSet {
	var all []ruleSet
	all = append(all, coaRules()...)
	all = append(all, municipalityRules()...)
	all = append(all, uwvRules()...)
	return append(all, pagedRules()...)
}
