package schemas

import (
	"crypto/rand"
	"encoding/binary"
	"math/bits"

	"github.com/dchest/siphash"
)

// DigestKey is the secret of a warehouse under which the content of its rows is
// digested. Who could write to Kafka and knew it could make other rows of the
// same digest: it does not travel there, and never prints itself.
type DigestKey struct{ K0, K1 uint64 }

// NewDigestKey makes a key that nobody else has.
func NewDigestKey() DigestKey {
	var secret [16]byte
	rand.Read(secret[:])
	return DigestKey{binary.LittleEndian.Uint64(secret[:8]), binary.LittleEndian.Uint64(secret[8:])}
}

// String hides the key.
func (DigestKey) String() string { return "[key]" }

// GoString hides the key.
func (DigestKey) GoString() string { return "[key]" }

// Digest is a keyed digest of one stored row, or the wrapping sum of those of
// many: the order in which rows are added does not matter.
type Digest struct{ Hi, Lo uint64 }

// Of digests one row as Row.AppendStored writes it. It is ClickHouse's
// reinterpretAsUInt128(sipHash128ReferenceKeyed(key, row)).
func (k DigestKey) Of(stored []byte) (d Digest) {
	d.Lo, d.Hi = siphash.Hash128(k.K0, k.K1, stored)
	return d
}

// Add adds another digest.
func (d *Digest) Add(o Digest) {
	var carry uint64
	d.Lo, carry = bits.Add64(d.Lo, o.Lo, 0)
	d.Hi, _ = bits.Add64(d.Hi, o.Hi, carry)
}
