package warehouse

import "github.com/ClickHouse/ch-go/proto"

// Nullable is a Nullable column of a bulk insert: a mark per row over a plain
// column. A column of the program embeds it and adds each row with one Mark and
// one value on Values, whatever the value is when there is none. ch-go's own
// goes through an interface for every value.
type Nullable[C any, P interface {
	*C
	proto.ColInput
	Reset()
}] struct {
	nulls  proto.ColUInt8
	Values C
}

// Mark says of the next row whether it has a value.
func (n *Nullable[C, P]) Mark(there bool) {
	if there {
		n.nulls.Append(0)
	} else {
		n.nulls.Append(1)
	}
}

// Reset empties the column and keeps its memory.
func (n *Nullable[C, P]) Reset() {
	n.nulls.Reset()
	P(&n.Values).Reset()
}

// Type implements proto.ColInput.
func (n *Nullable[C, P]) Type() proto.ColumnType {
	return proto.ColumnTypeNullable.Sub(P(&n.Values).Type())
}

// Rows implements proto.ColInput.
func (n *Nullable[C, P]) Rows() int { return n.nulls.Rows() }

// EncodeColumn implements proto.ColInput.
func (n *Nullable[C, P]) EncodeColumn(b *proto.Buffer) {
	n.nulls.EncodeColumn(b)
	P(&n.Values).EncodeColumn(b)
}

// WriteColumn implements proto.ColInput.
func (n *Nullable[C, P]) WriteColumn(w *proto.Writer) {
	n.nulls.WriteColumn(w)
	P(&n.Values).WriteColumn(w)
}
