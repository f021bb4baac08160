package reference

import (
	"cmp"
	"math/big"
	"slices"

	"doorstroom/pipelines/route"
)

// isWork: a srt_iv that is paid work (11-15 or 17 in definitions 1), hours_paid over 0.
func (def *definitions) isWork(r route.Employment) bool {
	return among(def.PaidWork, r.SrtIV) && r.HoursPaid > 0
}

// worked tells whether a row makes the person working on d.
func (def *definitions) worked(r route.Employment, d day) bool {
	return def.isWork(r) && holds(r.PeriodStart, r.PeriodEnd, d) && r.IKVStart <= d && (r.IKVEnd == none || r.IKVEnd >= d)
}

// workRows are the rows that make the person working on d.
func (def *definitions) workRows(rows []route.Employment, d day) []route.Employment {
	var on []route.Employment
	for _, r := range rows {
		if def.worked(r, d) {
			on = append(on, r)
		}
	}
	return on
}

// weeklyHours spreads the hours of a row over its period, or over those days of
// it on which the row makes the person working.
func (def *definitions) weeklyHours(r route.Employment) *big.Rat {
	over := 0
	for d := r.PeriodStart; d <= r.PeriodEnd; d++ {
		if def.HoursOver == "period" || def.worked(r, d) {
			over++
		}
	}
	return perWeek(int(r.HoursPaid), over)
}

// mainJob is the row with most weekly hours, ties to the smallest ikv_id, then
// period_start, then record_id.
func (def *definitions) mainJob(rows []route.Employment) *route.Employment {
	return best(rows, all, func(a, b route.Employment) int {
		return cmp.Or(
			def.weeklyHours(b).Cmp(def.weeklyHours(a)),
			cmp.Compare(a.IKVID, b.IKVID),
			cmp.Compare(a.PeriodStart, b.PeriodStart),
			cmp.Compare(a.RecordID, b.RecordID))
	})
}

func (def *definitions) contract(r *route.Employment) string {
	switch {
	case r == nil:
		return "-"
	case among(def.AgencyWork, r.CDAard):
		return "agency"
	case among(def.PayrollWork, r.CDAard):
		return "payroll"
	case among(def.BBLWork, r.CDAard):
		return "bbl"
	case r.IndOnCall == "J":
		return "on_call"
	case r.IndPermanent == "J" && r.IndWritten == "J":
		return "permanent"
	}
	return "temporary"
}

// spell is a stretch of days and the rows whose work interval lies in it.
type spell struct {
	start, end day
	rows       []route.Employment
}

// workDays lists the days on which any of the rows is worked, in order.
func (def *definitions) workDays(rows []route.Employment) []day {
	seen := map[day]bool{}
	for _, r := range rows {
		for d := r.PeriodStart; d <= r.PeriodEnd; d++ {
			if def.worked(r, d) {
				seen[d] = true
			}
		}
	}
	var days []day
	for d := range seen {
		days = append(days, d)
	}
	slices.Sort(days)
	return days
}

// spells joins worked days over gaps: of at most WorkGap days in between, or those
// that goOn lets pass. goOn gets the rows of the spell so far and its last day.
func (def *definitions) spells(rows []route.Employment, goOn func(rows []route.Employment, last day) bool) []spell {
	var out []spell
	for _, d := range def.workDays(rows) {
		on := def.workRows(rows, d)
		if len(out) > 0 {
			s := &out[len(out)-1]
			between := int(d) - int(s.end) - 1
			if between <= def.WorkGap || goOn(s.rows, s.end) {
				s.end = d
				s.rows = addNew(s.rows, on)
				continue
			}
		}
		out = append(out, spell{start: d, end: d, rows: on})
	}
	return out
}

func addNew(rows, more []route.Employment) []route.Employment {
	for _, r := range more {
		if !slices.Contains(rows, r) {
			rows = append(rows, r)
		}
	}
	return rows
}

func (s spell) meanHours() int64 {
	hours := 0
	for _, r := range s.rows {
		hours += int(r.HoursPaid)
	}
	return rounded(perWeek(hours, int(s.end)-int(s.start)+1))
}

// contractOn is that of the row with most weekly hours among those whose
// interval covers the day.
func (def *definitions) contractOn(s spell, d day) string {
	return def.contract(def.mainJob(def.workRows(s.rows, d)))
}

func (s spell) distinct(key func(route.Employment) string) int {
	keys := map[string]bool{}
	for _, r := range s.rows {
		keys[key(r)] = true
	}
	return len(keys)
}
