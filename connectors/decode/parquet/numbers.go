package parquet

import "encoding/binary"

// plainNumbers reads numbers of PLAIN, of four or eight bytes.
type plainNumbers struct {
	b    []byte
	size int
}

func (p *plainNumbers) next(dst []int64) (int, error) {
	if len(p.b)/p.size < len(dst) {
		return 0, errFewer
	}
	b := p.b[:len(dst)*p.size]
	if p.size == 4 {
		for i := range dst {
			dst[i] = int64(int32(binary.LittleEndian.Uint32(b[4*i:])))
		}
	} else {
		for i := range dst {
			dst[i] = int64(binary.LittleEndian.Uint64(b[8*i:]))
		}
	}
	p.b = p.b[len(b):]
	return len(dst), nil
}

func (p *plainNumbers) rest() []byte { return p.b }

// split reads values of BYTE_STREAM_SPLIT: the first bytes of all values, then
// the second bytes.
// https://github.com/apache/parquet-format/blob/master/Encodings.md#BYTESTREAMSPLIT
type split struct {
	b          []byte
	n, i, size int
}

func newSplit(b []byte, n, size int) (*split, error) {
	if len(b)/size < n {
		return nil, errFewer
	}
	return &split{b: b, n: n, size: size}, nil
}

func (s *split) rest() []byte { return s.b[s.n*s.size:] }

// splitNumbers are numbers of four or eight bytes.
type splitNumbers struct{ *split }

func (s splitNumbers) next(dst []int64) (int, error) {
	for i := range dst {
		v := uint64(0)
		for k := s.size - 1; k >= 0; k-- {
			v = v<<8 | uint64(s.b[k*s.n+s.i])
		}
		if s.size == 4 {
			v = uint64(int64(int32(v)))
		}
		dst[i] = int64(v)
		s.i++
	}
	return len(dst), nil
}

// splitFixed are values of another length, made in a buffer.
type splitFixed struct {
	*split
	made []byte
}

func (s *splitFixed) next(dst [][]byte) (int, error) {
	n := min(len(dst), max(1, madeLimit/s.size))
	s.made = resized(s.made, n*s.size)
	for i := range dst[:n] {
		dst[i] = s.made[i*s.size : (i+1)*s.size]
		for k := range dst[i] {
			dst[i][k] = s.b[k*s.n+s.i]
		}
		s.i++
	}
	return n, nil
}
