package parquet

import (
	"encoding/binary"
	"math/bits"
)

// runs reads numbers of a width in bits that lie in runs: one number many
// times, or packed groups of eight, of which the last may go on behind the last
// number. Levels and places in a dictionary are kept so.
// https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE
type runs struct {
	b     []byte
	width int
	n     int // numbers not yet in a run that was opened

	left   int    // numbers left of the run
	packed []byte // its groups; nil when one number is repeated
	bit    int    // where the next number lies in them
	again  uint32
}

// longestRun is how many numbers a run may have by the format.
const longestRun = 1<<31 - 1

// open takes the next run that has a number.
func (r *runs) open() error {
	for r.left == 0 {
		header, k := binary.Uvarint(r.b)
		if k <= 0 {
			return damaged("%d values fewer than it says", r.n)
		}
		r.b = r.b[k:]
		if header>>1 > longestRun {
			return damaged("a run of more than %d values", longestRun)
		}
		var err error
		if count := int(header >> 1); header&1 == 1 {
			err = r.openPacked(count)
		} else {
			err = r.openRepeated(count)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// openPacked takes groups of eight. DuckDB writes more than hold the last
// number; others leave out the end of the last group.
func (r *runs) openPacked(groups int) (err error) {
	r.left, r.bit = min(8*groups, r.n), 0
	r.n -= r.left
	r.packed, r.b, err = cutPacked(r.b, groups*r.width, r.left*r.width)
	return err
}

func (r *runs) openRepeated(count int) error {
	size := (r.width + 7) / 8
	if count > r.n || size > len(r.b) {
		return damaged("a run that goes on behind its last value")
	}
	var number [4]byte
	copy(number[:], r.b[:size])
	r.left, r.n, r.packed, r.again, r.b = count, r.n-count, nil, binary.LittleEndian.Uint32(number[:]), r.b[size:]
	return nil
}

// cutPacked takes size bytes off b, or what there is if that holds the bits that are needed.
func cutPacked(b []byte, size, bits int) (packed, rest []byte, err error) {
	if size > len(b) {
		if (bits+7)/8 > len(b) {
			return nil, nil, damaged("packed values that are cut off")
		}
		size = len(b)
	}
	return b[:size:size], b[size:], nil
}

// next reads as many numbers as dst takes.
func nextOfRuns[T byte | uint32](r *runs, dst []T) error {
	for len(dst) > 0 {
		if err := r.open(); err != nil {
			return err
		}
		n := min(r.left, len(dst))
		if r.packed == nil {
			for i := range dst[:n] {
				dst[i] = T(r.again)
			}
		} else {
			for i := range dst[:n] {
				dst[i] = T(bitsAt(r.packed, r.bit, r.width))
				r.bit += r.width
			}
		}
		r.left, dst = r.left-n, dst[n:]
	}
	return nil
}

// ones tells how many of all numbers are 1, none of which may be greater.
func (r *runs) ones() (sum int, err error) {
	for r.n > 0 {
		if err := r.open(); err != nil {
			return 0, err
		}
		switch {
		case r.packed != nil:
			sum += countBits(r.packed, r.left)
		case r.again > 1:
			return 0, damaged("a level of %d", r.again)
		default:
			sum += r.left * int(r.again)
		}
		r.left = 0
	}
	return sum, nil
}

// countBits tells how many of the first n bits are set. Behind them a byte may hold anything.
func countBits(b []byte, n int) (sum int) {
	for ; n >= 64; n -= 64 {
		sum += bits.OnesCount64(binary.LittleEndian.Uint64(b))
		b = b[8:]
	}
	for ; n > 0; n -= 8 {
		c := b[0]
		if n < 8 {
			c &= 1<<n - 1
		}
		sum += bits.OnesCount8(c)
		b = b[1:]
	}
	return sum
}

// bitsAt gives the number of a width of up to 64 bits that lies at a bit of b, the lowest bits first.
func bitsAt(b []byte, bit, width int) uint64 {
	i, shift := bit>>3, uint(bit&7)
	if i+9 > len(b) {
		var end [9]byte
		if i < len(b) {
			copy(end[:], b[i:])
		}
		return bitsOf(end[:], shift, width)
	}
	return bitsOf(b[i:i+9], shift, width)
}

func bitsOf(b []byte, shift uint, width int) uint64 {
	v := binary.LittleEndian.Uint64(b) >> shift
	if shift+uint(width) > 64 {
		v |= uint64(b[8]) << (64 - shift)
	}
	return v & (1<<uint(width) - 1)
}
