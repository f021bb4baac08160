package reference

import "slices"

// best gives, of the rows that are kept, the first in an order; nil without any.
func best[T any](rows []T, keep func(T) bool, order func(a, b T) int) *T {
	var kept []T
	for _, r := range rows {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	found := slices.MinFunc(kept, order)
	return &found
}

func all[T any](T) bool { return true }

func has[T any](rows []T, test func(T) bool) bool { return slices.ContainsFunc(rows, test) }
