package publish

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"github.com/klauspost/compress/gzip"
)

// Offsets in the header of a Kafka record batch, version 2.
// https://kafka.apache.org/documentation/#recordbatch
const (
	batchLengthAt     = 8
	batchMagicAt      = 16
	batchCRCAt        = 17
	batchAttributesAt = 21 // two bytes, the codec in the last
	batchLastDeltaAt  = 23
	batchFirstTimeAt  = 27
	batchMaxTimeAt    = 35
	batchProducerAt   = 43
	batchCountAt      = 57
	batchHeader       = 61
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sizePrefix is the length that kafka-go's raw requests want before the batch.
const sizePrefix = 4

// batch is one record batch under construction, in the bytes that go over the
// wire. kafka-go's own encoder costs an interface call per varint; this one
// copies key and value once.
type batch struct {
	buf   []byte
	count int32
}

// add appends a message. A nil key means none.
func (b *batch) add(key, value []byte) {
	if b.count == 0 {
		b.buf = append(b.buf[:0], make([]byte, sizePrefix+batchHeader)...)
	}
	keyLen := int64(len(key))
	if key == nil {
		keyLen = -1
	}
	// Attributes and time delta are one byte each, the header count too.
	length := 3 + varintLen(int64(b.count)) + varintLen(keyLen) + len(key) + varintLen(int64(len(value))) + len(value)
	buf := binary.AppendVarint(b.buf, int64(length))
	buf = append(buf, 0, 0)
	buf = binary.AppendVarint(buf, int64(b.count))
	buf = binary.AppendVarint(buf, keyLen)
	buf = append(buf, key...)
	buf = binary.AppendVarint(buf, int64(len(value)))
	buf = append(buf, value...)
	b.buf = append(buf, 0)
	b.count++
}

// codecGzip is the number of gzip among the codecs of a batch.
const codecGzip = 1

// fits tells whether a message may be added to the batch: alone it always may.
func (b *batch) fits(key, value []byte) bool {
	const around = 64 // more than what stands around key and value
	return b.count == 0 || len(b.buf)+len(key)+len(value)+around <= brokerBytes
}

// pack compresses the messages of a batch that is larger than a broker takes:
// one message that is, such as the Closed of a delivery of many files.
func (b *batch) pack() error {
	if len(b.buf) <= brokerBytes {
		return nil
	}
	const start = sizePrefix + batchHeader
	packed := bytes.NewBuffer(append(make([]byte, 0, brokerBytes), b.buf[:start]...))
	z := gzip.NewWriter(packed)
	if _, err := z.Write(b.buf[start:]); err != nil {
		return fmt.Errorf("compress a batch: %w", err)
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("compress a batch: %w", err)
	}
	b.buf = packed.Bytes()
	b.buf[sizePrefix+batchAttributesAt+1] = codecGzip
	return nil
}

// Fits tells whether a message is small enough for a broker, compressed if need be.
func Fits(key, value []byte) (bool, error) {
	var b batch
	b.add(key, value)
	if err := b.pack(); err != nil {
		return false, err
	}
	return len(b.buf) <= brokerBytes, nil
}

// seal fills in the header and gives the whole batch behind its length. All messages carry the
// same time, in milliseconds since 1970.
func (b *batch) seal(now int64) []byte {
	h, be := b.buf[sizePrefix:], binary.BigEndian
	be.PutUint32(b.buf, uint32(len(h)))
	be.PutUint32(h[batchLengthAt:], uint32(len(h)-batchLengthAt-4))
	be.PutUint32(h[batchLengthAt+4:], ^uint32(0)) // leader epoch: unknown
	h[batchMagicAt] = 2
	be.PutUint32(h[batchLastDeltaAt:], uint32(b.count-1))
	be.PutUint64(h[batchFirstTimeAt:], uint64(now))
	be.PutUint64(h[batchMaxTimeAt:], uint64(now))
	for i := batchProducerAt; i < batchCountAt; i++ {
		h[i] = 0xff // no producer id, epoch, sequence
	}
	be.PutUint32(h[batchCountAt:], uint32(b.count))
	be.PutUint32(h[batchCRCAt:], crc32.Checksum(h[batchAttributesAt:], castagnoli))
	return b.buf
}

func varintLen(v int64) int {
	u := uint64(v<<1) ^ uint64(v>>63)
	n := 1
	for u >= 0x80 {
		u >>= 7
		n++
	}
	return n
}
