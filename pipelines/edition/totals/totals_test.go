package totals

import (
	"math/big"
	"testing"

	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas/reference"
)

func big64(n int64) *big.Int { return big.NewInt(n) }

// TestDifferenceOfATotal: what came, less what each rule took out, is what is there, but for what rounding accounts for.
func TestDifferenceOfATotal(t *testing.T) {
	for _, c := range []struct {
		from, beaten, deleted, to, allowance, want int64
	}{
		{10, 0, 0, 10, 0, 0}, {10, 2, 1, 7, 0, 0},
		{10, 2, 1, 8, 0, -1}, {10, 2, 1, 6, 0, 1}, // one too many, one lost
		{10, 0, 0, 7, 3, 0}, {10, 0, 0, 13, 3, 0}, {10, 0, 0, 6, 3, 4}, {10, 0, 0, 14, 3, -4}, // all of it is told, not what is beyond
		{0, 0, 0, 0, 0, 0}, {0, 0, 0, 5, 0, -5},
	} {
		total := controlTotal{from: big64(c.from), to: big64(c.to), allowance: big64(c.allowance), removed: map[string]*big.Int{beaten: big64(c.beaten), deleted: big64(c.deleted)}}
		if got := total.difference(); got.Cmp(big64(c.want)) != 0 {
			t.Errorf("%+v: the difference is %v", c, got)
		}
	}
	if got := (&controlTotal{from: big64(3), to: big64(1)}).difference(); got.Cmp(big64(2)) != 0 {
		t.Errorf("without rules and allowance it is %v, want 2", got)
	}
	if got := (&controlTotal{step: rawToEffective, place: "coa_stay", measure: "rows"}).where(); got != "raw to effective, coa_stay: rows" {
		t.Errorf("the place is %q", got)
	}
}

// TestBeyond64: only whole multiples of 2^64 are taken to be lost to the column, of either sign.
func TestBeyond64(t *testing.T) {
	word := new(big.Int).Lsh(big.NewInt(1), 64)
	add := func(n *big.Int, m int64) *big.Int { return new(big.Int).Add(n, big.NewInt(m)) }
	for _, c := range []struct {
		from, to, want *big.Int // want is nil when nothing may be taken out
	}{
		{big64(5), big64(5), nil}, {big64(6), big64(5), nil},
		{add(word, 5), big64(5), word}, {add(word, 6), big64(5), nil}, {add(word, 4), big64(5), nil},
		{add(new(big.Int).Lsh(word, 1), 5), big64(5), new(big.Int).Lsh(word, 1)},
		{big64(5), add(word, 5), new(big.Int).Neg(word)},
		{new(big.Int).Lsh(big64(1), 63), big64(0), nil},
	} {
		lost := beyond64(c.from, c.to)["beyond 64 bits"]
		if (lost == nil) != (c.want == nil) || lost != nil && lost.Cmp(c.want) != 0 {
			t.Errorf("%v to %v: %v is lost, want %v", c.from, c.to, lost, c.want)
		}
	}
}

// TestBeyondHours: hours are lost to the column only when a month is full, and never gained.
func TestBeyondHours(t *testing.T) {
	for _, c := range []struct {
		from, to, full int64
		want           int64 // 0 when nothing may be taken out
	}{
		{9, 9, 0, 0}, {9, 5, 0, 0}, {9, 5, 1, 4}, {5, 9, 1, 0}, {9, 9, 1, 0},
	} {
		lost := beyondHours(big64(c.from), big64(c.to), big64(c.full))["beyond the column"]
		if got := lost; c.want == 0 && got != nil || c.want != 0 && (got == nil || got.Int64() != c.want) {
			t.Errorf("%+v: %v is lost", c, got)
		}
	}
}

// TestNumbersOfCodes: a code is one more than its digits; no code is a number that no row has.
func TestNumbersOfCodes(t *testing.T) {
	for codes, want := range map[definition.Codes]string{"": "-1", "15": "-1, 16", "11 15": "-1, 12, 16"} {
		if got := numbersOf(codes, reference.IncomeKinds.Code); got != want {
			t.Errorf("%q is %q, want %q", codes, got, want)
		}
	}
}
