package load

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/schemas"
)

// columns is a block of one raw table, filled message by message.
type columns interface {
	// append decodes one Avro message; on an error nothing was appended.
	append(msg []byte) error
	rows() int
	reset()
	input() proto.Input
}

// position holds the identity columns of a block.
type position struct {
	loadID proto.ColUInt64
	fileNo proto.ColUInt32
	rowNo  proto.ColUInt64
}

func (p *position) add(at schemas.Position) {
	p.loadID.Append(at.LoadID)
	p.fileNo.Append(uint32(at.FileNo))
	p.rowNo.Append(uint64(at.RowNo))
}

func (p *position) rows() int { return p.loadID.Rows() }

func (p *position) reset() {
	p.loadID.Reset()
	p.fileNo.Reset()
	p.rowNo.Reset()
}

func (p *position) input() proto.Input {
	return proto.Input{
		{Name: "load_id", Data: &p.loadID},
		{Name: "file_no", Data: &p.fileNo},
		{Name: "row_no", Data: &p.rowNo},
	}
}

type text struct{ proto.ColStr }

func (c *text) add(b []byte) { c.AppendBytes(b) }

type enum8 struct{ proto.ColInt8 }

func (c *enum8) add(v schemas.Code) { c.Append(int8(v)) }

type enum16 struct{ proto.ColInt16 }

func (c *enum16) add(v schemas.Code) { c.Append(int16(v)) }

type date struct{ proto.ColDate32 }

// add of "no date" happens on V records only, whose other fields mean nothing.
func (c *date) add(d schemas.Date) {
	if d == 0 {
		d = schemas.MinDate
	}
	c.ColDate32 = append(c.ColDate32, proto.Date32(d.UnixDays()))
}

type uint16s struct{ proto.ColUInt16 }

func (c *uint16s) add(v int32) { c.Append(uint16(v)) }

type int32s struct{ proto.ColInt32 }

func (c *int32s) add(v int32) { c.Append(v) }

type int64s struct{ proto.ColInt64 }

func (c *int64s) add(v int64) { c.Append(v) }

// nullable is a Nullable column: a mark per row over the plain column.
type nullable[C any, P interface {
	*C
	proto.ColInput
	Reset()
}] struct {
	nulls  proto.ColUInt8
	values C
}

func (n *nullable[C, P]) mark(there bool) {
	if there {
		n.nulls.Append(0)
	} else {
		n.nulls.Append(1)
	}
}

func (n *nullable[C, P]) Reset() {
	n.nulls.Reset()
	P(&n.values).Reset()
}

// Type, Rows, EncodeColumn and WriteColumn implement proto.ColInput.

func (n *nullable[C, P]) Type() proto.ColumnType {
	return proto.ColumnTypeNullable.Sub(P(&n.values).Type())
}

func (n *nullable[C, P]) Rows() int { return n.nulls.Rows() }

func (n *nullable[C, P]) EncodeColumn(b *proto.Buffer) {
	n.nulls.EncodeColumn(b)
	P(&n.values).EncodeColumn(b)
}

func (n *nullable[C, P]) WriteColumn(w *proto.Writer) {
	n.nulls.WriteColumn(w)
	P(&n.values).WriteColumn(w)
}

type pseudonym struct {
	nullable[proto.ColFixedStr16, *proto.ColFixedStr16]
}

func (c *pseudonym) add(p schemas.Pseudonym) {
	c.mark(p.Valid)
	c.values.Append(p.Key)
}

type optDate struct {
	nullable[proto.ColDate32, *proto.ColDate32]
}

func (c *optDate) add(d schemas.Date) {
	c.mark(d != 0)
	c.values = append(c.values, proto.Date32(d.UnixDays()))
}

type optInt32s struct {
	nullable[proto.ColInt32, *proto.ColInt32]
}

func (c *optInt32s) add(there bool, v int32) {
	c.mark(there)
	c.values.Append(v)
}

// optDecimals is Nullable(Decimal(9, 2)), given in hundredths.
type optDecimals struct {
	nullable[proto.ColDecimal32, *proto.ColDecimal32]
}

func (c *optDecimals) add(there bool, hundredths int32) {
	c.mark(there)
	c.values.Append(proto.Decimal32(hundredths))
}

// Type overrides the embedded one: a decimal's type names its precision and scale.
func (c *optDecimals) Type() proto.ColumnType { return "Nullable(Decimal(9, 2))" }
