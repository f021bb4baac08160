package decode

import (
	"errors"
	"math"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding"
	"github.com/parquet-go/parquet-go/format"

	"doorstroom/schemas"
)

// errType says that a column is not of a physical type that the contract allows.
var errType = errors.New("not of a type that the contract allows for it")

// notNumber stands for a number that has no place among hundredths.
const notNumber = math.MinInt64

// valueReader turns a page, or a dictionary, into numbers; nil for a column of
// texts, which are used where they lie.
type valueReader func(dst []int64, values encoding.Values) []int64

// valueReaderOf tells how a column is read, or errType.
func valueReaderOf(kind schemas.Kind, t parquet.Type) (valueReader, error) {
	logical := logicalOf(t)
	switch kind {
	case schemas.KindYear, schemas.KindInt32, schemas.KindInt64:
		return integers(t.Kind(), logical)
	case schemas.KindHours:
		return hours(t, logical)
	case schemas.KindDate, schemas.KindInexactDate:
		if _, ok := logical.(*format.DateType); ok && t.Kind() == parquet.Int32 {
			return fromInt32, nil
		}
	}
	if t.Kind() != parquet.ByteArray {
		return nil, errType
	}
	switch logical.(type) {
	case nil, *format.StringType, *format.EnumType, *format.JsonType:
		return nil, nil
	}
	return nil, errType
}

func logicalOf(t parquet.Type) format.LogicalTypeValue {
	if l := t.LogicalType(); l != nil {
		return l.Value
	}
	return nil
}

func integers(kind parquet.Kind, logical format.LogicalTypeValue) (valueReader, error) {
	unsigned := false
	switch l := logical.(type) {
	case nil:
	case *format.IntType:
		unsigned = !l.IsSigned
	case *format.DecimalType:
		if l.Scale != 0 {
			return nil, errType
		}
	default:
		return nil, errType
	}
	switch {
	case kind == parquet.Int32 && unsigned:
		return fromUint32, nil
	case kind == parquet.Int32:
		return fromInt32, nil
	case kind == parquet.Int64:
		// What only an unsigned column holds is told apart by set.
		return fromInt64, nil
	}
	return nil, errType
}

func fromInt32(dst []int64, values encoding.Values) []int64 {
	for _, v := range values.Int32() {
		dst = append(dst, int64(v))
	}
	return dst
}

func fromUint32(dst []int64, values encoding.Values) []int64 {
	for _, v := range values.Int32() {
		dst = append(dst, int64(uint32(v)))
	}
	return dst
}

// unsigned64 tells whether numbers of a column may be beyond those of an int64.
func unsigned64(t parquet.Type) bool {
	i, ok := logicalOf(t).(*format.IntType)
	return ok && !i.IsSigned && t.Kind() == parquet.Int64
}

func fromInt64(dst []int64, values encoding.Values) []int64 { return append(dst, values.Int64()...) }

// hours reads hundredths.
func hours(t parquet.Type, logical format.LogicalTypeValue) (valueReader, error) {
	if logical == nil && t.Kind() == parquet.Double {
		return func(dst []int64, values encoding.Values) []int64 {
			for _, v := range values.Double() {
				dst = append(dst, hundredthsOf(v))
			}
			return dst
		}, nil
	}
	d, ok := logical.(*format.DecimalType)
	if !ok || d.Scale < 0 || d.Scale > scaleLimit {
		return nil, errType
	}
	return decimals(t, int(d.Scale))
}

// hundredthsOf takes a number within a millionth of two places.
func hundredthsOf(v float64) int64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return notNumber
	}
	if math.Abs(v) > 1e12 {
		// Beyond any range, and beyond where hundredths can be told apart.
		return math.MaxInt64
	}
	rounded := math.Round(v * 100)
	if math.Abs(v-rounded/100) > 1e-6+1e-12 {
		return notNumber
	}
	return int64(rounded)
}
