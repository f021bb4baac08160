package facts

import (
	"fmt"
	"strings"
	"unsafe"

	"github.com/ClickHouse/ch-go/proto"

	"doorstroom/pipelines/route"
)

// gatherer is a column of a work table while a slice is read.
type gatherer interface {
	take()
	reset()
}

// column is one column of a work table: what route needs of a record, narrow.
type column struct {
	name string
	// typ is its ClickHouse type, expr how it is made of the raw table.
	typ, expr string
	data      proto.ColResult
	gatherer
}

// text keeps a String column as it is.
func text(name string, t *texts) column {
	return column{name: name, typ: "String", expr: quote(name), data: &t.block, gatherer: t}
}

// date keeps a day as schemas.Date has it, 0 for none.
func date(name string, d *dates) column {
	return column{name: name, typ: "Int32", expr: "ifNull(toInt32(" + quote(name) + ") + 25568, 0)", data: &d.block, gatherer: d}
}

// code keeps the number of a code.
func code(name string, c *codes) column {
	return column{name: name, typ: "Int8", expr: "CAST(" + quote(name) + ", 'Int8')", data: &c.block, gatherer: c}
}

// wide keeps the number of a code of a long list.
func wide(name string, c *wides) column {
	return column{name: name, typ: "Int16", expr: "CAST(" + quote(name) + ", 'Int16')", data: &c.block, gatherer: c}
}

// hundredths keeps a Nullable(Decimal(9, 2)), 0 for none.
func hundredths(name string, c *int32s) column {
	return column{name: name, typ: "Int32", expr: "toInt32(ifNull(" + quote(name) + ", 0) * 100)", data: &c.block, gatherer: c}
}

// number32 keeps a number, 0 for none.
func number32(name string, n *int32s) column {
	return column{name: name, typ: "Int32", expr: "ifNull(toInt32(" + quote(name) + "), 0)", data: &n.block, gatherer: n}
}

// short keeps a number that is always small, 0 for none.
func short(name string, n *int16s) column {
	return column{name: name, typ: "Int16", expr: "ifNull(toInt16(" + quote(name) + "), 0)", data: &n.block, gatherer: n}
}

// long keeps a number of 64 bits, 0 for none.
func long(name string, n *int64s) column {
	return column{name: name, typ: "Int64", expr: "ifNull(" + quote(name) + ", 0)", data: &n.block, gatherer: n}
}

// daysAfter keeps how many days, at most 127, a day lies after another of the same row.
func daysAfter(name, start, end string, n *codes) column {
	return column{name: name, typ: "Int8", expr: "toInt8(toInt32(" + quote(end) + ") - toInt32(" + quote(start) + "))", data: &n.block, gatherer: n}
}

// key keeps a pseudonym that every row has.
func key(name string, k *keys) column {
	return column{name: name, typ: "FixedString(16)", expr: "assumeNotNull(" + quote(name) + ")", data: &k.block, gatherer: k}
}

// bytesOf is an employer as route sees it: the 16 bytes, which only have to be
// equal or not. The 26 characters are written where the row goes out.
func bytesOf(key *[16]byte) string { return unsafe.String(&key[0], len(key)) } //nolint:gosec // the key stays as it is while the string is used

func quote(name string) string { return "`" + name + "`" }

// table reads one record of a slice from its work table.
type table interface {
	// record is the name of the record.
	record() string
	columns() []column
	index(first uint32, persons int)
	// fill gives the person the rows of the n-th person of the slice and returns how many.
	fill(n int, p *route.Person) int
	personColumn() *fixed[uint32, proto.ColUInt32]
}

func (b *byPerson) personColumn() *fixed[uint32, proto.ColUInt32] { return &b.person }

// definitions writes the columns as DDL.
func definitions(columns []column) string {
	var out strings.Builder
	for _, c := range columns {
		fmt.Fprintf(&out, ", %s %s", quote(c.name), c.typ)
	}
	return out.String()
}

// names lists the columns.
func names(columns []column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = quote(c.name)
	}
	return strings.Join(list, ", ")
}

// expressions lists how the columns are made, under their names with a prefix:
// the names of the raw table mean the raw columns within the same SELECT.
func expressions(columns []column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = c.expr + " AS " + made(c.name)
	}
	return strings.Join(list, ", ")
}

// made is the name of a made column beside the raw ones.
func made(name string) string { return quote("work_" + name) }

// madeNames lists the columns by their prefixed names.
func madeNames(columns []column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = made(c.name)
	}
	return strings.Join(list, ", ")
}
