package parquet

import (
	"encoding/binary"
)

// deltas reads numbers of DELTA_BINARY_PACKED: the first, then blocks of
// differences, each in small blocks of a width in bits of their own.
// https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTAENC
type deltas struct {
	b      []byte
	n      int // numbers not yet read
	first  bool
	last   uint64 // sums wrap around, as the format wants it
	narrow bool   // numbers of 32 bits

	size   int    // numbers of a small block
	minis  int    // small blocks of a block
	widths []byte // of the small blocks of this block that are still to come
	least  uint64
	left   int // numbers left of the small block
	width  int
	packed []byte
	bit    int
}

// blockLimit is how many numbers a block may have: writers put hundreds in one.
const blockLimit = 1 << 30

func newDeltas(b []byte, n int, narrow bool) (*deltas, error) {
	var head [4]uint64 // numbers of a block, small blocks of a block, numbers, the first
	for i := range head {
		v, k := binary.Uvarint(b)
		if k <= 0 {
			return nil, damaged("a cut header of differences")
		}
		head[i], b = v, b[k:]
	}
	block, minis := head[0], head[1]
	if block == 0 || block > blockLimit || block%128 != 0 || minis == 0 || block%minis != 0 || (block/minis)%32 != 0 {
		return nil, damaged("blocks of %d differences in %d parts", block, minis)
	}
	if head[2] != uint64(n) {
		return nil, damaged("%d differences for %d values", head[2], n)
	}
	return &deltas{b: b, n: n, first: true, last: unzigzag(head[3]), narrow: narrow, size: int(block / minis), minis: int(minis)}, nil
}

func unzigzag(v uint64) uint64 { return v>>1 ^ -(v & 1) }

// open takes the next small block.
func (d *deltas) open() (err error) {
	if len(d.widths) == 0 {
		least, k := binary.Uvarint(d.b)
		if k <= 0 || len(d.b)-k < d.minis {
			return damaged("%d differences fewer than it says", d.n)
		}
		d.least, d.widths, d.b = unzigzag(least), d.b[k:k+d.minis], d.b[k+d.minis:]
	}
	d.width, d.widths = int(d.widths[0]), d.widths[1:]
	if d.width > 64 {
		return damaged("differences of %d bits", d.width)
	}
	d.left, d.bit = min(d.size, d.n), 0
	d.packed, d.b, err = cutPacked(d.b, d.size/8*d.width, d.left*d.width)
	return err
}

func (d *deltas) next(dst []int64) (int, error) {
	for i := 0; i < len(dst); {
		if d.first {
			d.first, d.n = false, d.n-1
			dst[i] = d.number()
			i++
			continue
		}
		if d.left == 0 {
			if err := d.open(); err != nil {
				return 0, err
			}
		}
		some := dst[i:min(len(dst), i+d.left)]
		for j := range some {
			d.last += d.least + bitsAt(d.packed, d.bit, d.width)
			d.bit += d.width
			some[j] = d.number()
		}
		i, d.left, d.n = i+len(some), d.left-len(some), d.n-len(some)
	}
	return len(dst), nil
}

func (d *deltas) number() int64 {
	if d.narrow {
		return int64(int32(d.last))
	}
	return int64(d.last)
}

func (d *deltas) rest() []byte { return d.b }

// behind gives what lies behind the last number.
func (d deltas) behind() ([]byte, error) {
	if d.first {
		d.n--
	}
	for d.n > 0 {
		if err := d.open(); err != nil {
			return nil, err
		}
		d.n -= d.left
	}
	return d.b, nil
}
