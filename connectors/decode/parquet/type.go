package parquet

import (
	"fmt"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go/deprecated"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/connectors/decode"
	"doorstroom/schemas"
)

// fileColumn is a known column of the file: what it holds and how that
// becomes what its field takes.
type fileColumn struct {
	field    int
	kind     schemas.Kind
	name     string
	leaf     int // its place among the leaves of the file
	physical format.Type
	length   int // of a FIXED_LEN_BYTE_ARRAY
	optional bool
	// empty tells of the logical type UNKNOWN: every value is absent.
	empty bool
	// text tells that values are used where they lie. Others are numbers; of
	// these fromNumber and fromBytes make what the field takes, nil for numbers
	// as they are.
	text       bool
	fromNumber func(int64) int64
	fromBytes  func([]byte) int64
	// unsigned tells of numbers that an int64 shows as negative.
	unsigned bool
}

// width is how many bytes a value takes, 0 where that differs.
func (c *fileColumn) width() int {
	switch c.physical {
	case format.Int32, format.Float:
		return 4
	case format.Int64, format.Double:
		return 8
	case format.FixedLenByteArray:
		return c.length
	}
	return 0
}

// newColumn tells how a column of the file is read as a field; ok is false when
// it is of a type that the contract does not allow for it.
func newColumn(field int, f schemas.Field, top topColumn) (c *fileColumn, ok bool) {
	c = &fileColumn{field: field, kind: f.Kind, name: top.Name, leaf: top.leaf, physical: top.Type.V}
	if !top.plain() {
		return c, false
	}
	c.optional = top.RepetitionType.V == format.Optional
	logical := logicalOf(top.SchemaElement)
	if _, c.empty = logical.(*format.NullType); c.empty {
		return c, true
	}
	if c.physical == format.FixedLenByteArray {
		if c.length = int(top.TypeLength.V); c.length <= 0 {
			return c, false
		}
	}
	return c, c.bind(logical)
}

func (c *fileColumn) bind(logical format.LogicalTypeValue) bool {
	switch c.kind {
	case schemas.KindYear, schemas.KindInt32, schemas.KindInt64:
		return c.bindInteger(logical)
	case schemas.KindHours:
		return c.bindHours(logical)
	case schemas.KindDate, schemas.KindInexactDate:
		if c.bindDate(logical) {
			return true
		}
	}
	switch logical.(type) {
	case nil, *format.StringType, *format.EnumType, *format.JsonType:
		c.text = c.physical == format.ByteArray
	}
	return c.text
}

func (c *fileColumn) bindInteger(logical format.LogicalTypeValue) bool {
	if c.physical != format.Int32 && c.physical != format.Int64 {
		return false
	}
	switch l := logical.(type) {
	case nil:
		return true
	case *format.IntType:
		if !l.IsSigned && c.physical == format.Int32 {
			c.fromNumber = unsigned32
		}
		c.unsigned = !l.IsSigned && c.physical == format.Int64
		return (l.BitWidth == 64) == (c.physical == format.Int64)
	case *format.DecimalType:
		return l.Scale == 0
	}
	return false
}

func (c *fileColumn) bindHours(logical format.LogicalTypeValue) bool {
	if logical == nil && c.physical == format.Double {
		c.fromNumber = hundredthsOf
		return true
	}
	d, ok := logical.(*format.DecimalType)
	return ok && d.Scale >= 0 && d.Scale <= scaleLimit && c.decimals(int(d.Scale))
}

func (c *fileColumn) bindDate(logical format.LogicalTypeValue) bool {
	switch l := logical.(type) {
	case *format.DateType:
		return c.physical == format.Int32
	case *format.TimestampType:
		moments := momentsOf(l.Unit)
		c.fromNumber = dayOf(moments)
		return c.physical == format.Int64 && !l.IsAdjustedToUTC && moments > 0
	}
	return false
}

// momentsOf gives how many moments of a unit a day has, 0 for a unit that is none.
func momentsOf(u format.TimeUnit) int64 {
	switch u.Value.(type) {
	case *format.MilliSeconds:
		return 86_400e3
	case *format.MicroSeconds:
		return 86_400e6
	case *format.NanoSeconds:
		return 86_400e9
	}
	return 0
}

// logicalOf gives the logical type of a column, also of one whose writer knew
// only the converted types that came before.
// https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
func logicalOf(s *format.SchemaElement) format.LogicalTypeValue {
	if s.LogicalType.Value != nil || !s.ConvertedType.Valid {
		return s.LogicalType.Value
	}
	switch t := s.ConvertedType.V; t {
	case deprecated.UTF8:
		return &format.StringType{}
	case deprecated.Enum:
		return &format.EnumType{}
	case deprecated.Decimal:
		return &format.DecimalType{Scale: s.Scale.V, Precision: s.Precision.V}
	case deprecated.Date:
		return &format.DateType{}
	case deprecated.TimeMillis, deprecated.TimeMicros:
		return &format.TimeType{IsAdjustedToUTC: true}
	case deprecated.TimestampMillis:
		return &format.TimestampType{IsAdjustedToUTC: true, Unit: format.TimeUnit{Value: &format.MilliSeconds{}}}
	case deprecated.TimestampMicros:
		return &format.TimestampType{IsAdjustedToUTC: true, Unit: format.TimeUnit{Value: &format.MicroSeconds{}}}
	case deprecated.Uint8, deprecated.Uint16, deprecated.Uint32, deprecated.Uint64:
		return &format.IntType{BitWidth: 8 << (t - deprecated.Uint8)}
	case deprecated.Int8, deprecated.Int16, deprecated.Int32, deprecated.Int64:
		return &format.IntType{BitWidth: 8 << (t - deprecated.Int8), IsSigned: true}
	case deprecated.Json:
		return &format.JsonType{}
	}
	// BSON, INTERVAL, and what only groups have: no type of the contract.
	return &format.BsonType{}
}

// allowed names the types that the contract takes for a kind of field.
func allowed(k schemas.Kind) string {
	switch k {
	case schemas.KindYear, schemas.KindInt32, schemas.KindInt64:
		return "INT32 or INT64"
	case schemas.KindHours:
		return "DECIMAL or DOUBLE"
	case schemas.KindDate, schemas.KindInexactDate:
		return "DATE, TIMESTAMP without time zone in ms, us or ns, or text jjjj-mm-dd as STRING or as BYTE_ARRAY without a logical type"
	}
	return "STRING, or BYTE_ARRAY without a logical type"
}

// found names the type of a column.
func found(top topColumn) string {
	if !top.plain() {
		return "a list or a group of columns"
	}
	name := top.Type.V.String()
	if top.Type.V == format.FixedLenByteArray {
		name += fmt.Sprintf("(%d)", top.TypeLength.V)
	}
	if l := logicalOf(top.SchemaElement); l != nil {
		name += " " + logicalName(top.SchemaElement, l)
	}
	return name
}

func logicalName(s *format.SchemaElement, l format.LogicalTypeValue) string {
	switch l := l.(type) {
	case *format.TimestampType:
		zone := "without time zone"
		if l.IsAdjustedToUTC {
			zone = "adjusted to UTC"
		}
		return "TIMESTAMP " + zone
	case *format.DecimalType:
		return fmt.Sprintf("DECIMAL(%d,%d)", l.Precision, l.Scale)
	case *format.IntType:
		return fmt.Sprintf("INT(%d, signed %t)", l.BitWidth, l.IsSigned)
	}
	if s.LogicalType.Value == nil && s.ConvertedType.Valid {
		return fmt.Sprintf("with converted type %d", s.ConvertedType.V)
	}
	return l.String()
}

// wrongTypesOf says of all columns at once which type they have and which they may have.
func wrongTypesOf(wrong []topColumn, record *schemas.Record) error {
	var order []string
	names := map[string][]string{}
	for _, c := range wrong {
		says := fmt.Sprintf("%s; allowed: %s", found(c), allowed(record.Fields[record.FieldOf(c.Name)].Kind))
		if !slices.Contains(order, says) {
			order = append(order, says)
		}
		names[says] = append(names[says], c.Name)
	}
	var said []string
	for _, says := range order {
		said = append(said, fmt.Sprintf("%s (found: %s)", strings.Join(names[says], ", "), says))
	}
	return decode.Unreadable("columns of another type than the contract allows: %s", strings.Join(said, "; "))
}
