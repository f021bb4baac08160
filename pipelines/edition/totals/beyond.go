package totals

import (
	"fmt"
	"math/big"
	"strings"

	"doorstroom/pipelines/route/definition"
	"doorstroom/schemas"
)

// beyond64 is what absurd wages lose where a month keeps their sum in 64 bits: whole multiples of 2^64, and nothing else.
// The contract bounds a wage by its type alone, and no row of it may keep an edition from being built.
func beyond64(from, to *big.Int) map[string]*big.Int {
	lost := new(big.Int).Sub(from, to)
	if lost.Sign() == 0 || new(big.Int).Mod(lost, new(big.Int).Lsh(big.NewInt(1), 64)).Sign() != 0 {
		return nil
	}
	return map[string]*big.Int{"beyond 64 bits": lost}
}

// beyondHours is what absurd hours lose where a month holds them at the most that its column can; nothing when no month
// is full. Parallel rows may come to that when many people were delivered under one pseudonym.
func beyondHours(from, to, full *big.Int) map[string]*big.Int {
	lost := new(big.Int).Sub(from, to)
	if full.Sign() == 0 || lost.Sign() <= 0 {
		return nil
	}
	return map[string]*big.Int{"beyond the column": lost}
}

// numbersOf lists codes by their numbers; a number that no row has for an empty list.
func numbersOf(codes definition.Codes, number func(string) schemas.Code) string {
	list := []string{"-1"}
	for _, code := range strings.Fields(string(codes)) {
		list = append(list, fmt.Sprint(int(number(code))))
	}
	return strings.Join(list, ", ")
}
