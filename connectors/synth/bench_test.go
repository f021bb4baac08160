package synth_test

import (
	"context"
	"path/filepath"
	"runtime/metrics"
	"strconv"
	"testing"

	"doorstroom/connectors/synth"
)

// BenchmarkGenerate reports persons per second, and the memory that the runtime holds from the system at the end, in MiB.
func BenchmarkGenerate(b *testing.B) {
	for _, persons := range []int{2_000, 20_000} {
		b.Run(strconv.Itoa(persons), func(b *testing.B) {
			for b.Loop() {
				o := synth.Options{Out: filepath.Join(b.TempDir(), "landing"), Persons: persons, Seed: 1, AsOf: asOf}
				if err := synth.Generate(context.Background(), o); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(persons*b.N)/b.Elapsed().Seconds(), "persons/s")
			sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
			metrics.Read(sample)
			b.ReportMetric(float64(sample[0].Value.Uint64())/(1<<20), "MiB")
		})
	}
}
