package reference

import (
	"fmt"
	"math/big"
	"strconv"
)

func text(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func date(d day) string {
	if d == none {
		return "NULL"
	}
	return d.Time().Format("2006-01-02")
}

func number(n int) string { return strconv.Itoa(n) }

func numberOrNull(n int, known bool) string {
	if !known {
		return "NULL"
	}
	return strconv.Itoa(n)
}

func yes(b bool) string { return strconv.FormatBool(b) }

// maybe is a truth that may be unknown.
type maybe struct{ known, value bool }

func sure(b bool) maybe { return maybe{known: true, value: b} }

func (m maybe) text() string {
	if !m.known {
		return "NULL"
	}
	return yes(m.value)
}

// perWeek gives hours / (days / 7).
func perWeek(hours, days int) *big.Rat { return big.NewRat(int64(hours)*7, int64(days)) }

// rounded gives hundredths, half away from zero, at most what the column holds.
// Hours are never negative here.
func rounded(hours *big.Rat) int64 {
	x := new(big.Rat).Mul(hours, big.NewRat(100, 1))
	x.Add(x, big.NewRat(1, 2))
	floor := new(big.Int).Quo(x.Num(), x.Denom())
	return min(floor.Int64(), 999_999_999)
}

func decimal(hundredths int64) string { return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100) }
