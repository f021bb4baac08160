package parquet

import (
	"math"
	"math/big"

	"github.com/parquet-go/parquet-go/format"
)

// scaleLimit is how many places a DECIMAL may have: no writer has more than 76.
const scaleLimit = 100

// decimals makes a column read a DECIMAL of a scale as hundredths.
func (c *fileColumn) decimals(scale int) bool {
	switch c.physical {
	case format.Int32, format.Int64:
		c.fromNumber = func(v int64) int64 { return rescale(v, scale) }
	case format.FixedLenByteArray, format.ByteArray:
		c.fromBytes = func(b []byte) int64 { return decimal(b, scale) }
	default:
		return false
	}
	return true
}

// rescale turns an unscaled decimal into hundredths; more than two places must be zeros.
func rescale(v int64, scale int) int64 {
	for ; scale < 2; scale++ {
		if v > math.MaxInt64/10 || v < math.MinInt64/10 {
			return math.MaxInt64
		}
		v *= 10
	}
	for ; scale > 2 && v != 0; scale-- {
		if v%10 != 0 {
			return notNumber
		}
		v /= 10
	}
	return max(v, notANumber+1)
}

// decimal reads big-endian two's complement. A wide column holds 36 hours in
// more than 64 bits once its scale is 18, as Spark's default is.
func decimal(b []byte, scale int) int64 {
	sign := byte(0)
	if len(b) > 0 && b[0] >= 0x80 {
		sign = 0xff
	}
	for len(b) > 8 && b[0] == sign && b[1]&0x80 == sign&0x80 {
		b = b[1:]
	}
	switch {
	case len(b) == 0:
		return notNumber
	case len(b) > wideLimit:
		// Beyond any range at any scale.
		return math.MaxInt64
	case len(b) > 8:
		return wide(b, scale)
	}
	v := int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return rescale(v, scale)
}

// wideLimit is more bytes than a number below a million takes at scaleLimit.
const wideLimit = 48

// wide reads what 64 bits do not hold; hundredths that they do not hold either
// are the greatest number, beyond any range.
func wide(b []byte, scale int) int64 {
	v := new(big.Int).SetBytes(b)
	if b[0] >= 0x80 {
		v.Sub(v, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	if scale > 2 {
		rest := new(big.Int)
		v.QuoRem(v, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-2)), nil), rest)
		if rest.Sign() != 0 {
			return notNumber
		}
	}
	if !v.IsInt64() {
		return math.MaxInt64
	}
	return max(v.Int64(), notANumber+1)
}
