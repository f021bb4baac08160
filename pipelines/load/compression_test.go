package load

import (
	"doorstroom/pipelines/delivery"
	"testing"

	"github.com/segmentio/kafka-go"
)

// TestCompressedMessagesArrive reads what other producers may send.
func TestCompressedMessagesArrive(t *testing.T) {
	e := startEngine(t)
	e.start(t)
	for _, codec := range []kafka.Compression{kafka.Gzip, kafka.Snappy, kafka.Lz4, kafka.Zstd} {
		e.writer.Compression = codec
		d := newSending("uwv", codec.String(), "2026-02-01", "a").file("uwv_employment", "w.parquet", 0, upTo(25_000)...)
		e.sendDelivery(t, d)
		for _, v := range e.decide(t, d) {
			if v.Status != delivery.Accepted {
				t.Errorf("%s: %s, %s", codec, v.Status, v.Reason)
			}
		}
	}
	if n := e.loader.Inserted(); n != 100_000 {
		t.Errorf("%d rows were inserted, want 100000", n)
	}
}
