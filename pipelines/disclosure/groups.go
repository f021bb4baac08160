package disclosure

import "slices"

// GroupDisclosure tells whether a count gives away a group: all of a margin, or
// all but one, have a sensitive outcome, so that everybody in the group, or
// everybody but one, is known to have it. Counts are of persons. A margin of
// nobody gives nobody away.
//
// The rule is that of the contract, section 2: p - c <= 1, 0 % and 100 %
// included; the catalogue says where they are structural. For 0 % it is asked
// about the complement.
func GroupDisclosure(count, margin int64) bool {
	return margin > 0 && margin-count <= 1
}

// Contributors is how many an amount needs at least.
const Contributors = 10

// AmountTells tells whether a sum of amounts gives away one of those that it is
// of: it has fewer than 10 contributors, or the second largest of them can
// estimate the largest to within 10 % by taking its own off the total (the p %
// rule with p = 10). Amounts are whole units, such as cents or hundredths of an
// hour, and not negative.
//
// With x1 the largest and x2 the second: total - x1 - x2 < 10 % of x1, in
// Hundepol et al., Statistical Disclosure Control (2012), chapter 4.
func AmountTells(amounts []int64) bool {
	if len(amounts) < Contributors {
		return true
	}
	sorted := slices.Sorted(slices.Values(amounts))
	largest := sorted[len(sorted)-1]
	rest := int64(0)
	for _, a := range sorted[:len(sorted)-2] {
		rest += a
	}
	return rest < (largest+9)/10 // whole numbers: rest < largest/10
}

// QuantileTells tells whether a median or another quantile has fewer than the
// least number of persons on one of its sides. Persons exactly at it are on
// neither.
func QuantileTells(below, above, least int64) bool {
	return below < least || above < least
}
