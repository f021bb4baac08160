package slice

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/weekly"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// The columns of the fact tables on their way to ClickHouse. They keep their
// memory from slice to slice.

// words is a LowCardinality(String) column. ch-go's own looks every value up in
// a map; here the value before, which it mostly is again, costs a comparison.
type words struct {
	dict  proto.ColStr
	known map[string]uint16
	last  string
	at    uint16
	rows  proto.ColUInt16
}

func (w *words) add(s string) {
	if s != w.last || len(w.rows) == 0 {
		w.last, w.at = s, w.number(s)
	}
	w.rows = append(w.rows, w.at)
}

func (w *words) number(s string) uint16 {
	n, ok := w.known[s]
	if !ok {
		if w.known == nil {
			w.known = make(map[string]uint16)
		}
		n = uint16(len(w.known))
		w.known[s] = n
		w.dict.Append(s)
	}
	return n
}

// addNumber adds the n-th value of the dictionary.
func (w *words) addNumber(n uint8) { w.rows = append(w.rows, uint16(n)) }

// Reset empties the column and keeps the dictionary: it holds codes of closed lists.
func (w *words) Reset() { w.rows.Reset() }

// lowCardinalityVersion and the flags are ClickHouse's serialisation of
// LowCardinality: keys of 16 bits (1), a dictionary within the block (1 << 9)
// that replaces any before it (1 << 10).
const (
	lowCardinalityVersion = 1
	lowCardinalityFlags   = 1 | 1<<9 | 1<<10
)

// Type, Rows, EncodeState, EncodeColumn and WriteColumn implement proto.ColInput and proto.StateEncoder.

func (w *words) Type() proto.ColumnType { return "LowCardinality(String)" }

func (w *words) Rows() int { return w.rows.Rows() }

func (w *words) EncodeState(b *proto.Buffer) { b.PutInt64(lowCardinalityVersion) }

func (w *words) EncodeColumn(b *proto.Buffer) {
	if len(w.rows) == 0 {
		return
	}
	b.PutInt64(lowCardinalityFlags)
	b.PutInt64(int64(w.dict.Rows()))
	w.dict.EncodeColumn(b)
	b.PutInt64(int64(len(w.rows)))
	w.rows.EncodeColumn(b)
}

func (w *words) WriteColumn(out *proto.Writer) {
	if len(w.rows) == 0 {
		return
	}
	out.ChainBuffer(func(b *proto.Buffer) {
		b.PutInt64(lowCardinalityFlags)
		b.PutInt64(int64(w.dict.Rows()))
		w.dict.EncodeColumn(b)
		b.PutInt64(int64(len(w.rows)))
	})
	w.rows.WriteColumn(out)
}

// days is a Date column. A Date of ClickHouse starts at 1970-01-01; an earlier
// day is written as that one, as ClickHouse itself converts it.
type days struct{ proto.ColDate }

func (c *days) add(d schemas.Date) { c.ColDate = append(c.ColDate, StoredDay(d)) }

// StoredDay is a day as a Date column has it.
func StoredDay(d schemas.Date) proto.Date { return proto.Date(max(0, d.UnixDays())) }

type optDays struct {
	warehouse.Nullable[proto.ColDate, *proto.ColDate]
}

// add takes no date as NULL.
func (c *optDays) add(d schemas.Date) {
	c.Mark(d != 0)
	if d == 0 {
		c.Values = append(c.Values, 0)
		return
	}
	c.Values = append(c.Values, StoredDay(d))
}

type bools struct{ proto.ColBool }

func (c *bools) add(b bool) { c.ColBool = append(c.ColBool, b) }

type optBools struct {
	warehouse.Nullable[proto.ColBool, *proto.ColBool]
}

func (c *optBools) add(t route.Tri) {
	c.Mark(t != route.Null)
	c.Values = append(c.Values, t == route.True)
}

type optUInt16s struct {
	warehouse.Nullable[proto.ColUInt16, *proto.ColUInt16]
}

// add takes 0 as NULL.
func (c *optUInt16s) add(v uint16) {
	c.Mark(v != 0)
	c.Values = append(c.Values, v)
}

type optInt16s struct {
	warehouse.Nullable[proto.ColInt16, *proto.ColInt16]
}

func (c *optInt16s) add(there bool, v int16) {
	c.Mark(there)
	c.Values = append(c.Values, v)
}

type optUInt8s struct {
	warehouse.Nullable[proto.ColUInt8, *proto.ColUInt8]
}

func (c *optUInt8s) add(there bool, v uint8) {
	c.Mark(there)
	c.Values = append(c.Values, v)
}

// hours is Decimal(9, 2), given in hundredths.
type hours struct{ proto.ColDecimal32 }

// maxHours is the most that nine digits hold; only hundreds of full wage rows at once come near it.
const maxHours = 999_999_999

func (c *hours) add(h weekly.Hundredths) {
	c.ColDecimal32 = append(c.ColDecimal32, proto.Decimal32(min(h, maxHours)))
}

// Type overrides the embedded one: a decimal's type names its precision and scale.
func (c *hours) Type() proto.ColumnType { return "Decimal(9, 2)" }

type optHours struct {
	warehouse.Nullable[hours, *hours]
}

// add takes 0 as NULL.
func (c *optHours) add(h weekly.Hundredths) {
	c.Mark(h != 0)
	c.Values.add(h)
}

// IDs is a String column of texts of one length, under 128 bytes: each goes
// with its length in one byte, as ClickHouse reads it.
type IDs struct {
	Size int
	buf  []byte
}

// Add appends the bytes of a text.
func (c *IDs) Add(id []byte) { c.buf = append(append(c.buf, byte(c.Size)), id...) }

// Reset empties the column.
func (c *IDs) Reset() { c.buf = c.buf[:0] }

// Type implements proto.ColInput.
func (c *IDs) Type() proto.ColumnType { return proto.ColumnTypeString }

// Rows implements proto.ColInput.
func (c *IDs) Rows() int { return len(c.buf) / (c.Size + 1) }

// EncodeColumn implements proto.ColInput.
func (c *IDs) EncodeColumn(b *proto.Buffer) { b.PutRaw(c.buf) }

// WriteColumn implements proto.ColInput.
func (c *IDs) WriteColumn(w *proto.Writer) { w.ChainWrite(c.buf) }
