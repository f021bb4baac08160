// Package weekly computes hours a week from paid hours and days, exactly, and
// rounds once.
package weekly

import "math/bits"

// Hundredths is a Decimal(9,2): hours times 100, rounded half away from zero.
type Hundredths int64

// maxHundredths is the largest Decimal(9,2): what is more is held there.
const maxHundredths Hundredths = 999_999_999

// commonDays is the least common multiple of 1 to 36, so that the weekly hours
// of wage rows over any number of days add up exactly.
const commonDays = 144_403_552_893_600

// Of gives hours per week of a number of hours in a number of days. Both
// are positive.
func Of(hours, days int64) Hundredths {
	return min(Hundredths((2*700*hours+days)/(2*days)), maxHundredths)
}

// Compare gives 1 when hours in days are more per week than the others,
// -1 when they are fewer, 0 when they are exactly the same.
func Compare(hours, days, otherHours, otherDays int64) int {
	switch a, b := hours*otherDays, otherHours*days; {
	case a > b:
		return 1
	case a < b:
		return -1
	}
	return 0
}

// Sum adds weekly hours over different numbers of days: exactly, in 128
// bits, and rounds once.
type Sum struct{ hi, lo uint64 }

// Add adds a number of hours in a number of days, 1 to 36.
func (s *Sum) Add(hours, days int64) {
	hi, lo := bits.Mul64(uint64(700*hours), uint64(commonDays/days))
	var carry uint64
	s.lo, carry = bits.Add64(s.lo, lo, 0)
	s.hi, _ = bits.Add64(s.hi, hi, carry)
}

// Rounded gives the sum. The quotient fits 64 bits for any number of rows that
// fits memory: one row adds less than 2^23 hundredths.
func (s *Sum) Rounded() Hundredths {
	quotient, rest := bits.Div64(s.hi, s.lo, commonDays)
	if 2*rest >= commonDays {
		quotient++
	}
	return Hundredths(min(quotient, uint64(maxHundredths)))
}
