package facts

import (
	"fmt"
	"strings"

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

// newTables makes a reader for every record, in the order of the contract.
func newTables() []table {
	return []table{
		new(stays), new(permits), new(placements), new(participations),
		new(residences), new(bijstand), new(inburgering), new(provisions),
		new(employments), new(workPermits),
		new(obligations), new(exams), new(mbos), new(valuations),
	}
}

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
