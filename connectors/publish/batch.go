package publish

import (
	"encoding/binary"
	"hash/crc32"
)

// Offsets in the header of a Kafka record batch, version 2.
// https://kafka.apache.org/documentation/#recordbatch
const (
	batchLengthAt     = 8
	batchMagicAt      = 16
	batchCRCAt        = 17
	batchAttributesAt = 21
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

// add appends a message. A nil key is no key.
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
