package load

import (
	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/warehouse"
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

func (c *date) add(d schemas.Date) {
	c.ColDate32 = append(c.ColDate32, proto.Date32(schemas.StoredDate(d)))
}

type pseudonym struct {
	warehouse.Nullable[proto.ColFixedStr16, *proto.ColFixedStr16]
}

func (c *pseudonym) add(p schemas.Pseudonym) {
	c.Mark(p.Valid)
	c.Values.Append(p.Key)
}

type optDate struct {
	warehouse.Nullable[proto.ColDate32, *proto.ColDate32]
}

func (c *optDate) add(d schemas.Date) {
	c.Mark(d != 0)
	c.Values = append(c.Values, proto.Date32(d.UnixDays()))
}

// renamed is a column whose type has another name in ClickHouse than in ch-go: codes, and numbers with decimals.
type renamed struct {
	proto.ColInput
	as proto.ColumnType
}

// Type implements proto.ColInput.
func (r renamed) Type() proto.ColumnType { return r.as }
