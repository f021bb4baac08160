package slice

import (
	"strings"
	"unsafe"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/sqlfile"
)

// gatherer is a column of a work table while a slice is read.
type gatherer interface {
	take()
	reset()
}

// Column is one column of a work table: what route needs of a record, narrow.
type Column struct {
	Name string
	// typ is its ClickHouse type, expr how it is made of the raw table.
	Type, Expr string
	data       proto.ColResult
	gatherer
}

// text keeps a String column as it is.
func text(name string, t *texts) Column {
	return Column{Name: name, Type: "String", Expr: sqlfile.Ident(name), data: &t.block, gatherer: t}
}

// date keeps a day as schemas.Date has it, 0 for none.
func date(name string, d *dates) Column {
	return Column{Name: name, Type: "Int32", Expr: "ifNull(toInt32(" + sqlfile.Ident(name) + ") + 25568, 0)", data: &d.block, gatherer: d}
}

// code keeps the number of a code.
func code(name string, c *codes) Column {
	return Column{Name: name, Type: "Int8", Expr: "CAST(" + sqlfile.Ident(name) + ", 'Int8')", data: &c.block, gatherer: c}
}

// wide keeps the number of a code of a long list.
func wide(name string, c *wides) Column {
	return Column{Name: name, Type: "Int16", Expr: "CAST(" + sqlfile.Ident(name) + ", 'Int16')", data: &c.block, gatherer: c}
}

// hundredths keeps a Nullable(Decimal(9, 2)), 0 for none.
func hundredths(name string, c *int32s) Column {
	return Column{Name: name, Type: "Int32", Expr: "toInt32(ifNull(" + sqlfile.Ident(name) + ", 0) * 100)", data: &c.block, gatherer: c}
}

// number32 keeps a number, 0 for none.
func number32(name string, n *int32s) Column {
	return Column{Name: name, Type: "Int32", Expr: "ifNull(toInt32(" + sqlfile.Ident(name) + "), 0)", data: &n.block, gatherer: n}
}

// short keeps a number that is always small, 0 for none.
func short(name string, n *int16s) Column {
	return Column{Name: name, Type: "Int16", Expr: "ifNull(toInt16(" + sqlfile.Ident(name) + "), 0)", data: &n.block, gatherer: n}
}

// long keeps a number of 64 bits, 0 for none.
func long(name string, n *int64s) Column {
	return Column{Name: name, Type: "Int64", Expr: "ifNull(" + sqlfile.Ident(name) + ", 0)", data: &n.block, gatherer: n}
}

// daysAfter keeps how many days, at most 127, a day lies after another of the same row.
func daysAfter(name, start, end string, n *codes) Column {
	return Column{Name: name, Type: "Int8", Expr: "toInt8(toInt32(" + sqlfile.Ident(end) + ") - toInt32(" + sqlfile.Ident(start) + "))", data: &n.block, gatherer: n}
}

// key keeps a pseudonym that every row has.
func key(name string, k *keys) Column {
	return Column{Name: name, Type: "FixedString(16)", Expr: "assumeNotNull(" + sqlfile.Ident(name) + ")", data: &k.block, gatherer: k}
}

// bytesOf is an employer as route sees it: the 16 bytes, which only have to be
// equal or not. The 26 characters are written where the row goes out.
func bytesOf(key *[16]byte) string { return unsafe.String(&key[0], len(key)) } //nolint:gosec // the key stays as it is while the string is used

// table reads one record of a slice from its work table.
type table interface {
	// record is the name of the record.
	Record() string
	Columns() []Column
	index(first uint32, persons int)
	// fill gives the person the rows of the n-th person of the slice and returns how many.
	fill(n int, p *route.Person) int
	personColumn() *fixed[uint32, proto.ColUInt32]
}

func (b *byPerson) personColumn() *fixed[uint32, proto.ColUInt32] { return &b.person }

// names lists the columns.
func names(columns []Column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = sqlfile.Ident(c.Name)
	}
	return strings.Join(list, ", ")
}
