package definition

import (
	"fmt"
	"slices"
	"strings"
)

// Check refuses a set that cannot be meant.
func (d *Set) Check() error {
	if d.Version == "" {
		return d.Broken("they have no version")
	}
	if d.WorkGap < 0 || d.BijstandGap < 0 {
		return d.Broken("a gap is below zero")
	}
	if d.HoursOver != PeriodDays && d.HoursOver != IntervalDays {
		return d.Broken("weekly hours are over no days that a wage row has")
	}
	titles := strings.Fields(string(d.AsylumTitles + " " + d.ProtectionTitles + " " + d.ProcedureTitles))
	slices.Sort(titles)
	if len(slices.Compact(slices.Clone(titles))) < len(titles) {
		return d.Broken("a title is of two kinds")
	}
	for i := range d.Sustained {
		if d.Sustained[i] < 1 || d.Outcomes[i] < 1 {
			return d.Broken("a run or an outcome of less than a month")
		}
	}
	if d.MoreFacts && (d.Conversions[0] < 1 || d.Conversions[1] < d.Conversions[0]) {
		return d.Broken("contracts are followed for less than a month, or the longer time is not the second")
	}
	return nil
}

// Broken is the error of a set that does not hold together, and says in what.
func (d *Set) Broken(what string) error {
	return fmt.Errorf("route: the definitions %q of the edition do not hold together: %s; take one of Published", d.Version, what)
}
