package decodetest

import (
	"runtime/metrics"
	"testing"
)

// Bounded fails when work takes more memory, freed memory included, than most bytes.
func Bounded(t testing.TB, most uint64, work func()) {
	t.Helper()
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	before := sample[0].Value.Uint64()
	work()
	metrics.Read(sample)
	if took := sample[0].Value.Uint64() - before; took > most {
		t.Errorf("took %d bytes, may take %d", took, most)
	}
}
