package load

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"sync/atomic"
	"testing"

	kafkago "github.com/segmentio/kafka-go"

	"doorstroom/pipelines/delivery"
)

// TestBrokenBytesAreOfTheBatch changes packed bytes one by one: whatever each packer says of them is an error of the batch, however deep
// it is wrapped.
func TestBrokenBytesAreOfTheBatch(t *testing.T) {
	random := rand.NewChaCha8([32]byte{})
	plain := bytes.Repeat([]byte("what can be packed. "), 80)
	noise := make([]byte, 300)
	_, err := random.Read(noise)
	must(t, err)
	plain = append(plain, noise...)
	for _, packer := range []kafkago.Compression{kafkago.Gzip, kafkago.Snappy, kafkago.Lz4, kafkago.Zstd} {
		packed := pack(t, packer, plain)
		said := 0
		for i := range packed {
			broken := bytes.Clone(packed)
			broken[i] ^= 0xff
			err := unpack(packer, broken)
			if err == nil || errors.Is(err, io.ErrUnexpectedEOF) {
				continue // what the packer does not notice, or what a connection that ends looks like
			}
			said++
			if !errors.Is(ofBatch(fmt.Errorf("reading: %w", err)), errBroken) {
				t.Errorf("%v with byte %d changed: %v is not of the batch", packer, i, err)
			}
		}
		if said == 0 {
			t.Errorf("%v noticed nothing", packer)
		}
	}
}

func pack(t *testing.T, packer kafkago.Compression, plain []byte) []byte {
	t.Helper()
	var packed bytes.Buffer
	w := packer.Codec().NewWriter(&packed)
	_, err := w.Write(plain)
	must(t, errors.Join(err, w.Close()))
	return packed.Bytes()
}

func unpack(packer kafkago.Compression, packed []byte) error {
	r := packer.Codec().NewReader(bytes.NewReader(packed))
	_, err := io.Copy(io.Discard, r)
	return errors.Join(err, r.Close())
}

// TestBrokenConnectionIsNotOfTheBatch: what the connection or the broker says breaks no batch, so that no message is passed over for it.
func TestBrokenConnectionIsNotOfTheBatch(t *testing.T) {
	for _, err := range []error{
		io.EOF, io.ErrUnexpectedEOF, net.ErrClosed, os.ErrDeadlineExceeded, context.Canceled, context.DeadlineExceeded,
		&net.OpError{Op: "read", Err: errors.New("connection reset by peer")}, tls.RecordHeaderError{Msg: "first record"},
		kafkago.RequestTimedOut, kafkago.NotLeaderForPartition, kafkago.OffsetOutOfRange,
	} {
		if got := ofBatch(fmt.Errorf("reading: %w", err)); errors.Is(got, errBroken) || !errors.Is(got, err) {
			t.Errorf("%v became %v", err, got)
		}
	}
}

// TestBatchThatCannotBeUnpackedOnce garbles the first packed batch on its way: it comes whole the next time, and nothing is put aside.
func TestBatchThatCannotBeUnpackedOnce(t *testing.T) {
	e := startEngine(t)
	garbled := new(atomic.Int32)
	config := e.loader.config
	config.Kafka.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		dial := e.kafka.Dial
		if dial == nil {
			dial = new(net.Dialer).DialContext
		}
		conn, err := dial(ctx, network, address)
		return &garbling{conn, garbled}, err
	}
	e.loader = New(config)
	e.decider.Loader = e.loader
	e.start(t)
	e.writer.Compression = kafkago.Gzip
	d := newSending("coa", "packed", "2026-02-01", "a").file("coa_stay", "a.jsonl", 0, upTo(50)...)
	e.sendDelivery(t, d)
	if v := e.decide(t, d); v[0].Status != delivery.Accepted {
		t.Errorf("the delivery is %s, %s", v[0].Status, v[0].Reason)
	}
	if n := garbled.Load(); n != 1 {
		t.Errorf("%d batches were garbled, want 1", n)
	}
	if n := e.text(t, "SELECT toString(count()) FROM ops.unreadable_message"); n != "0" {
		t.Errorf("%s messages were put aside", n)
	}
}

// garbling is a connection that breaks the first bytes which say that gzip follows, of all connections with the same count.
type garbling struct {
	net.Conn

	count *atomic.Int32
}

func (g *garbling) Read(b []byte) (int, error) {
	n, err := g.Conn.Read(b)
	if i := bytes.Index(b[:n], []byte{0x1f, 0x8b, 8}); i >= 0 && g.count.CompareAndSwap(0, 1) {
		b[i] = 0
	}
	return n, err
}
