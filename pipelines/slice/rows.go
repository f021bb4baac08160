package slice

import (
	"unsafe"

	"github.com/ClickHouse/ch-go/proto"
)

// A work table is read block by block and kept by column: no memory is asked for per row.

// fixed gathers a column of a fixed width.
type fixed[T any, C ~[]T] struct {
	block C
	all   []T
}

func (f *fixed[T, C]) take()  { f.all = append(f.all, f.block...) }
func (f *fixed[T, C]) reset() { f.all = f.all[:0] }

// texts gathers a String column.
type texts struct {
	block proto.ColStr
	bytes []byte
	ends  []uint32
}

func (t *texts) take() {
	for _, p := range t.block.Pos {
		t.bytes = append(t.bytes, t.block.Buf[p.Start:p.End]...)
		t.ends = append(t.ends, uint32(len(t.bytes)))
	}
}

func (t *texts) reset() { t.bytes, t.ends = t.bytes[:0], t.ends[:0] }

// at gives the n-th text; it is good until the next take or reset.
func (t *texts) at(n uint32) string {
	start := uint32(0)
	if n > 0 {
		start = t.ends[n-1]
	}
	if start == t.ends[n] {
		return ""
	}
	return unsafe.String(&t.bytes[start], int(t.ends[n]-start)) //nolint:gosec // the bytes stay as they are while the string is used
}

type (
	dates  = fixed[int32, proto.ColInt32] // schemas.Date, 0 is none
	int16s = fixed[int16, proto.ColInt16]
	int32s = fixed[int32, proto.ColInt32]
	int64s = fixed[int64, proto.ColInt64]
	codes  = fixed[int8, proto.ColInt8]   // numbers of a code list
	wides  = fixed[int16, proto.ColInt16] // numbers of a code list of more than 127
	keys   = fixed[[16]byte, proto.ColFixedStr16]
)

// byPerson is the index of the rows of one slice: rows come in any order, and
// a counting sort finds those of each person.
type byPerson struct {
	person fixed[uint32, proto.ColUInt32]
	starts []uint32 // of the rows of each person in order, with one at the end
	order  []uint32
}

// index prepares rowsOf for the persons from first on.
func (b *byPerson) index(first uint32, persons int) {
	b.starts = append(b.starts[:0], make([]uint32, persons+2)...)
	for _, p := range b.person.all {
		b.starts[p-first+2]++
	}
	for i := 2; i < len(b.starts); i++ {
		b.starts[i] += b.starts[i-1]
	}
	if cap(b.order) < len(b.person.all) {
		b.order = make([]uint32, len(b.person.all))
	}
	b.order = b.order[:len(b.person.all)]
	for row, p := range b.person.all {
		b.order[b.starts[p-first+1]] = uint32(row)
		b.starts[p-first+1]++
	}
}

// rowsOf are the rows of the n-th person of the slice.
func (b *byPerson) rowsOf(n int) []uint32 { return b.order[b.starts[n]:b.starts[n+1]] }
