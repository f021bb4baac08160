package load

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// BenchmarkLoadWages loads a million wage rows per round from Kafka into the raw
// table, and tells the CPU seconds of this process (loader and embedded broker) and of ClickHouse per million rows.
func BenchmarkLoadWages(b *testing.B) {
	const rows = 1_000_000
	e := startEngine(b)
	for round := range b.N {
		e.produceWages(b, uint64(round), rows)
	}
	ours, server := cpuSelf(), cpuOf(b, e.server.PID())
	b.ResetTimer()
	e.start(b)
	must(b, e.loader.Drain(b.Context(), time.Minute, time.Minute))
	b.StopTimer()
	millions := float64(b.N) * rows / 1e6
	b.ReportMetric((cpuSelf()-ours)/millions, "cpu-s/Mrows")
	b.ReportMetric((cpuOf(b, e.server.PID())-server)/millions, "server-cpu-s/Mrows")
	b.ReportMetric(millions*1e6/b.Elapsed().Seconds(), "rows/s")
	b.ReportMetric(peakMiB(b), "peak-MiB")
	if got, want := e.text(b, "SELECT toString(uniqExact(load_id, row_no)) FROM raw.uwv_employment"), strconv.Itoa(b.N*rows); got != want {
		b.Fatalf("%s rows arrived, want %s", got, want)
	}
}

// produceWages puts rows that differ in what real ones differ in onto the topic, as large uncompressed batches.
func (e *engine) produceWages(t testing.TB, loadID uint64, rows int) {
	r := schemas.RecordOf("uwv_employment")
	row := r.New()
	batch := make([]kafka.Message, 0, 20000)
	lower := base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)
	for i := range rows {
		row.Reset(schemas.SyntaxISO)
		var key [16]byte
		binary.BigEndian.PutUint64(key[:], uint64(i/12)*0x9e3779b97f4a7c15)
		person := []byte(lower.EncodeToString(key[:]))
		for f, v := range []string{
			0: fmt.Sprintf("r%09d", i), 3: string(person), 4: fmt.Sprintf("ikv%08d", i/12), 5: "abcdefghijklmnopqrstuvwx2a",
			6: "2026-01-01", 7: "2026-01-31", 8: "2025-03-01", 11: "15", 12: "01", 13: "J", 14: "J", 15: "N",
			16: strconv.Itoa(i % 170), 17: "36.0", 18: strconv.Itoa(200000 + i%90000), 19: "35",
		} {
			row.SetText(f, []byte(v))
		}
		batch = append(batch, kafka.Message{Topic: r.Topic(), Key: person,
			Value: message(r.Name, row, schemas.Position{LoadID: loadID, RowNo: int64(i) + 1})})
		if len(batch) == cap(batch) || i == rows-1 {
			must(t, e.writer.WriteMessages(t.Context(), batch...))
			batch = batch[:0]
		}
	}
}

func cpuSelf() float64 {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // fails for no valid argument
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}

// cpuOf reads the CPU seconds of a process, which the kernel counts in hundredths.
func cpuOf(t testing.TB, pid int) float64 {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	must(t, err)
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	user, err := strconv.Atoi(fields[11])
	must(t, err)
	system, err := strconv.Atoi(fields[12])
	must(t, err)
	return float64(user+system) / 100
}

func peakMiB(t testing.TB) float64 {
	status, err := os.ReadFile("/proc/self/status")
	must(t, err)
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.Atoi(strings.Fields(rest)[0])
			must(t, err)
			return float64(kib) / 1024
		}
	}
	return 0
}
