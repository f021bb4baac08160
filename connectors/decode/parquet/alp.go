package parquet

import (
	"encoding/binary"
	"math"
)

// alp reads DOUBLEs of ALP: vectors of whole numbers, scaled by powers of ten,
// with exceptions that stand as they are.
// https://github.com/apache/parquet-format/blob/master/AlpEncoding.md
type alp struct {
	b      []byte
	n      int // values of vectors that were not opened
	size   int // values of a vector
	vector []int64
	ready  []int64 // what of it has not been read
}

// tens are powers of ten as decimal literals are rounded; over is the same below one.
var (
	tens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}
	over = [...]float64{1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18}
)

const (
	alpHeader       = 7
	alpVectorHeader = 13
)

func newALP(b []byte, n int) (*alp, error) {
	if len(b) < alpHeader || b[0] != 0 || b[1] != 0 || b[2] < 3 || b[2] > 15 {
		return nil, damaged("a header of ALP that is cut off or of an unknown form")
	}
	if says := binary.LittleEndian.Uint32(b[3:]); says != uint32(n) {
		return nil, damaged("%d numbers of ALP for %d values", says, n)
	}
	a := &alp{n: n, size: 1 << b[2]}
	// The vectors lie one behind the other, so where each begins need not be looked up.
	offsets := 4 * ((n + a.size - 1) / a.size)
	if b = b[alpHeader:]; len(b) < offsets {
		return nil, errFewer
	}
	a.b = b[offsets:]
	return a, nil
}

func (a *alp) next(dst []int64) (int, error) {
	if len(a.ready) == 0 {
		if err := a.open(); err != nil {
			return 0, err
		}
	}
	n := copy(dst, a.ready)
	a.ready = a.ready[n:]
	return n, nil
}

// open reads a vector.
func (a *alp) open() error {
	n := min(a.n, a.size)
	if n == 0 || len(a.b) < alpVectorHeader {
		return errFewer
	}
	head, rest := a.b[:alpVectorHeader], a.b[alpVectorHeader:]
	exponent, factor, exceptions := head[0], head[1], int(binary.LittleEndian.Uint16(head[2:]))
	least, width := binary.LittleEndian.Uint64(head[4:]), int(head[12])
	packed := (n*width + 7) / 8
	if exponent >= byte(len(tens)) || factor > exponent || width > 64 || packed+10*exceptions > len(rest) {
		return damaged("a vector of ALP that is cut off or of an unknown form")
	}
	a.vector = resized(a.vector, n)
	for i := range a.vector {
		whole := int64(bitsAt(rest[:packed], i*width, width) + least)
		a.vector[i] = int64(math.Float64bits(float64(whole) * tens[factor] * over[exponent]))
	}
	places, values := rest[packed:packed+2*exceptions], rest[packed+2*exceptions:packed+10*exceptions]
	for i := range exceptions {
		place := int(binary.LittleEndian.Uint16(places[2*i:]))
		if place >= n {
			return damaged("an exception of ALP at place %d of %d", place, n)
		}
		a.vector[place] = int64(binary.LittleEndian.Uint64(values[8*i:]))
	}
	a.ready, a.n, a.b = a.vector, a.n-n, rest[packed+10*exceptions:]
	return nil
}

func (a *alp) rest() []byte { return a.b }
