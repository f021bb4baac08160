package parquet

import "encoding/binary"

// plainTexts reads texts of PLAIN: the length of each before it.
type plainTexts struct{ b []byte }

func (p *plainTexts) next(dst [][]byte) (int, error) {
	for i := range dst {
		if len(p.b) < 4 {
			return 0, errFewer
		}
		n := int64(binary.LittleEndian.Uint32(p.b))
		if n > int64(len(p.b)-4) {
			return 0, damaged("a text of %d bytes in %d bytes", n, len(p.b)-4)
		}
		dst[i], p.b = p.b[4:4+n], p.b[4+n:]
	}
	return len(dst), nil
}

func (p *plainTexts) rest() []byte { return p.b }

// plainFixed reads values of one length.
type plainFixed struct {
	b    []byte
	size int
}

func (p *plainFixed) next(dst [][]byte) (int, error) {
	if len(p.b)/p.size < len(dst) {
		return 0, errFewer
	}
	for i := range dst {
		dst[i], p.b = p.b[:p.size], p.b[p.size:]
	}
	return len(dst), nil
}

func (p *plainFixed) rest() []byte { return p.b }

// deltaTexts reads texts of DELTA_LENGTH_BYTE_ARRAY, whose lengths stand before
// all of them, and of DELTA_BYTE_ARRAY, each of which begins as the one before.
// https://github.com/apache/parquet-format/blob/master/Encodings.md#DELTALENGTH
type deltaTexts struct {
	shared  *deltas // nil when no text shares its beginning
	lengths *deltas
	b       []byte
	size    int   // of every text, 0 where that differs
	total   int64 // bytes of the texts that were made
	last    []byte
	made    [2][]byte // the texts of this time and of the time before
}

// madeLimit is how many bytes of texts are made at a time.
const madeLimit = 256 << 10

func newDeltaTexts(b []byte, n, size int, sharing bool) (d *deltaTexts, err error) {
	d = &deltaTexts{size: size}
	if sharing {
		if d.shared, b, err = splitDeltas(b, n); err != nil {
			return nil, err
		}
	}
	d.lengths, d.b, err = splitDeltas(b, n)
	return d, err
}

func splitDeltas(b []byte, n int) (d *deltas, rest []byte, err error) {
	if d, err = newDeltas(b, n, true); err != nil {
		return nil, nil, err
	}
	rest, err = d.behind()
	return d, rest, err
}

func (d *deltaTexts) next(dst [][]byte) (int, error) {
	d.made[0], d.made[1] = d.made[1][:0], d.made[0]
	for i := range dst {
		if len(d.made[0]) > madeLimit {
			return i, nil
		}
		own, err := d.own()
		if err != nil {
			return 0, err
		}
		if d.shared != nil {
			if own, err = d.join(own); err != nil {
				return 0, err
			}
		}
		if d.size > 0 && len(own) != d.size {
			return 0, damaged("a value of %d bytes where all have %d", len(own), d.size)
		}
		dst[i] = own
	}
	return len(dst), nil
}

// own takes the bytes of the next text that stand for it alone.
func (d *deltaTexts) own() (text []byte, err error) {
	var n [1]int64
	if _, err := d.lengths.next(n[:]); err != nil {
		return nil, err
	}
	if n[0] < 0 || n[0] > int64(len(d.b)) {
		return nil, damaged("a text of %d bytes in %d bytes", n[0], len(d.b))
	}
	text, d.b = d.b[:n[0]], d.b[n[0]:]
	return text, nil
}

// join puts before a text what it shares with the one before. All texts of a
// page together are no longer than a page may be: a few bytes could stand for
// texts without end.
func (d *deltaTexts) join(own []byte) ([]byte, error) {
	var shared [1]int64
	if _, err := d.shared.next(shared[:]); err != nil {
		return nil, err
	}
	if shared[0] < 0 || shared[0] > int64(len(d.last)) {
		return nil, damaged("a text that shares %d bytes with one of %d", shared[0], len(d.last))
	}
	if d.total += shared[0] + int64(len(own)); d.total > pageLimit {
		return nil, damaged("texts of more than %d MiB", pageLimit>>20)
	}
	start := len(d.made[0])
	d.made[0] = append(append(d.made[0], d.last[:shared[0]]...), own...)
	d.last = d.made[0][start:]
	return d.last, nil
}

func (d *deltaTexts) rest() []byte { return d.b }
