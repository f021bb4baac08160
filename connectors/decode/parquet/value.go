package parquet

import "math"

// notNumber stands for what has no place among hundredths, or among days;
// notANumber for NaN.
const (
	notNumber  = math.MinInt64
	notANumber = math.MinInt64 + 1
)

// convert makes of the numbers of a column what its field takes.
func (c *fileColumn) convert(numbers []int64) {
	if c.fromNumber == nil {
		return
	}
	for i, v := range numbers {
		numbers[i] = c.fromNumber(v)
	}
}

// unsigned32 reads numbers of 32 bits that have no sign.
func unsigned32(v int64) int64 { return int64(uint32(v)) }

// dayOf gives the day of a moment, of which a day has so many. Another time
// than midnight is not a date.
func dayOf(moments int64) func(int64) int64 {
	return func(v int64) int64 {
		if v%moments != 0 {
			return notNumber
		}
		// A day that 32 bits do not hold is as much beyond any range as the last that they hold.
		return min(max(v/moments, math.MinInt32), math.MaxInt32)
	}
}

// hoursForm tells what a number is that has no place among hundredths.
func hoursForm(v int64) string {
	if v == notANumber {
		return "NaN"
	}
	return "infinite, or with more than two decimals"
}

// hundredthsOf takes a DOUBLE within a millionth of two places.
func hundredthsOf(bits int64) int64 {
	v := math.Float64frombits(uint64(bits))
	if math.IsNaN(v) {
		return notANumber
	}
	if math.IsInf(v, 0) {
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
