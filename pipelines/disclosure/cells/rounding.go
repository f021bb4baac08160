package cells

// Round gives the figure that is published for a count: the nearest multiple
// of the base, a half upwards.
func (r Rules) Round(count int64) int64 {
	if r.Base <= 1 {
		return count
	}
	return (2*count + r.Base) / (2 * r.Base) * r.Base
}

// Rounded gives the least and the greatest count of which figure is the
// rounding, and whether there is any.
func (r Rules) Rounded(figure int64) (low, high int64, ok bool) {
	if r.Base <= 1 {
		return figure, figure, true
	}
	if figure%r.Base != 0 {
		return 0, 0, false
	}
	low = max(0, figure-r.Base/2)
	return low, figure + (r.Base+1)/2 - 1, true
}
