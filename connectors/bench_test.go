package connectors_test

import (
	"bytes"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"doorstroom/connectors/connectortest"
	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

const benchRows = 1_000_000

// wageFile makes a Parquet file of wages, five row groups, zstd.
func wageFile(b *testing.B) []byte {
	b.Helper()
	rows := make([]connectortest.Wage, benchRows)
	for i := range rows {
		rows[i] = connectortest.WageAt(i)
	}
	return connectortest.Parquet(b, rows, benchRows/5, &parquet.Zstd)
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
		parts, err := decode.Parquet.Parts(&decode.Input{Record: record, File: bytes.NewReader(data), Size: int64(len(data))})
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
