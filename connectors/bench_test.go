package connectors_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	parquetgo "github.com/parquet-go/parquet-go"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/connectors/decode/parquet"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

const benchRows = 1_000_000

// wageFile makes a Parquet file of wages, five row groups, zstd.
func wageFile(b *testing.B) []byte {
	b.Helper()
	rows := make([]connectortest.Wage, benchRows)
	for i := range rows {
		rows[i] = connectortest.WageAt(i)
	}
	return connectortest.Parquet(b, rows, benchRows/5, &parquetgo.Zstd)
}

// report adds rows per second of wall time and CPU seconds of the whole process per million rows.
func report(b *testing.B, cpu, wall time.Duration) {
	rows := float64(b.N) * benchRows
	b.ReportMetric(rows/wall.Seconds(), "rows/s")
	b.ReportMetric(cpu.Seconds()/rows*1e6, "CPU-s/Mrow")
}

func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkWageDecode reads, validates and encodes wages without Kafka.
func BenchmarkWageDecode(b *testing.B) {
	data := wageFile(b)
	record := schemas.RecordOf("uwv_employment")
	context := &schemas.Context{DrawnYear: 2024}
	b.ReportAllocs()
	b.ResetTimer()
	cpu, wall := cpuTime(b), time.Now()
	for range b.N {
		parts, err := parquet.Format.Parts(&decode.Input{Record: record, File: bytes.NewReader(data), Size: int64(len(data))})
		if err != nil {
			b.Fatal(err)
		}
		var message []byte
		for _, p := range parts {
			if _, err := p.Read(func(row schemas.Row, _ schemas.Rule) error {
				if len(row.Validate(context)) > 0 {
					b.Fatal("a bad row")
				}
				message = row.AppendAvro(message[:0], schemas.Position{LoadID: 1, RowNo: 1})
				return nil
			}); err != nil {
				b.Fatal(err)
			}
		}
	}
	report(b, cpuTime(b)-cpu, time.Since(wall))
}

// BenchmarkWageDelivery reads a delivery of wages from disk into an embedded Kafka.
func BenchmarkWageDelivery(b *testing.B) {
	data := wageFile(b)
	h := connectortest.New(b)
	var cpu, wall time.Duration
	b.ResetTimer()
	for i := range b.N {
		b.StopTimer()
		id := "wages-" + string(rune('a'+i))
		connectortest.Delivery{Supplier: "uwv", ID: id, Files: []connectortest.File{{Name: "w.parquet", Record: "uwv_employment", Format: "parquet", Data: data, Rows: benchRows}}}.Write(b, h.Landing)
		b.StartTimer()
		cpu0, wall0 := cpuTime(b), time.Now()
		closed := h.MustRead()
		cpu, wall = cpu+cpuTime(b)-cpu0, wall+time.Since(wall0)
		if len(closed) != 1 || closed[0].Reason != "" {
			b.Fatalf("%+v", closed)
		}
		if err := os.RemoveAll(filepath.Join(h.Landing, "uwv", id)); err != nil {
			b.Fatal(err)
		}
	}
	report(b, cpu, wall)
}

// BenchmarkTextDecode reads and validates the text formats without Kafka.
func BenchmarkTextDecode(b *testing.B) {
	const rows = 100_000
	csv := bytes.NewBufferString("recordnummer;pseudoniem_v;pseudoniem_b;gemeentecode;vestigingsdatum;vertrekdatum;vertrekreden;inschrijfdatum_brp;plaats\r\n")
	var lines, items bytes.Buffer
	for i := range rows {
		v := connectortest.Pseudonym(i)
		fmt.Fprintf(csv, "r%d;%s;%s;0014;01-02-2023;20240300;verhuisd;;\"'s-Gravenhage\"\r\n", i, v, v)
		fmt.Fprintf(&lines, `{"recordnummer":"r%d","pseudoniem_v":%q,"locatie":"azc-%d","gemeentecode":"0014","begindatum":"2023-01-01","einddatum":null}`+"\n", i, v, i%90)
		fmt.Fprintf(&items, `,{"recordnummer":"r%d","pseudoniem_v":%q,"examendatum":"2023-01-01","onderdeel":"LE","niveau":"A2","resultaat":"geslaagd"}`, i, v)
	}
	page := fmt.Appendf(nil, `{"items":[%s],"total":%d,"next":null}`, items.Bytes()[1:], rows)
	for _, c := range []struct {
		format decode.Format
		record string
		data   []byte
	}{{decode.CSV, "municipality_residence", csv.Bytes()}, {decode.JSONL, "coa_stay", lines.Bytes()}, {decode.JSON, "duo_exam", page}} {
		b.Run(c.format.Name, func(b *testing.B) {
			b.SetBytes(int64(len(c.data)))
			b.ReportAllocs()
			context := &schemas.Context{DrawnYear: 2024, Municipalities: []schemas.Code{reference.Municipalities.Code("0014")}}
			for range b.N {
				parts, err := c.format.Parts(&decode.Input{Record: schemas.RecordOf(c.record), File: bytes.NewReader(c.data), Size: int64(len(c.data))})
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				if _, err := parts[0].Read(func(row schemas.Row, _ schemas.Rule) error { n++; row.Validate(context); return nil }); err != nil || n != rows {
					b.Fatal(n, err)
				}
			}
			b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
