package route

import (
	"slices"

	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/weekly"
	"doorstroom/schemas"
)

// interval is a work interval: the days of paid work that one wage row covers.
type interval struct {
	start, end schemas.Date
	from, to   schemas.Month // whose reference day it covers; none when to < from
	row        int32         // position of the wage row
	days       int32         // over which its hours are weekly hours
	employer   int32         // ordinal
	ikv        int32         // ordinal
}

// findIntervals lists the work intervals and sorts them by start.
func (b *Builder) findIntervals(rows []Employment) {
	b.work, b.order = b.work[:0], b.order[:0]
	paidWork, overInterval := &b.rules.paidWork, b.rules.HoursOver == definition.IntervalDays
	for i := range rows {
		r := &rows[i]
		if r.HoursPaid <= 0 || !paidWork.has(r.SrtIV) {
			continue
		}
		start, end := max(r.PeriodStart, r.IKVStart), r.PeriodEnd
		if r.IKVEnd != 0 {
			end = min(end, r.IKVEnd)
		}
		if start > end {
			continue
		}
		over := days(r.PeriodStart, r.PeriodEnd)
		if overInterval {
			over = days(start, end)
		}
		b.order = append(b.order, byStart(start, len(b.work)))
		from, to := referenceMonths(start, end)
		b.work = append(b.work, interval{
			start: start, end: end, from: from, to: to, row: int32(i), days: int32(over),
			employer: b.jobs.Of(r.Employer), ikv: b.ikvs.Of(r.IKVID),
		})
	}
	slices.Sort(b.order)
}

// byStart packs a start and a position into a key that sorts by start.
func byStart(start schemas.Date, position int) uint64 {
	return uint64(start)<<32 | uint64(uint32(position))
}

// position is what byStart packed.
func position(key uint64) int { return int(uint32(key)) }

// worksOn tells whether a work interval covers d.
func (b *Builder) worksOn(d schemas.Date) bool {
	for i := range b.work {
		if iv := &b.work[i]; iv.start <= d && d <= iv.end {
			return true
		}
	}
	return false
}

// mainJob gives which of two intervals is of the main job: most weekly hours,
// then the smallest ikv_id, period_start and record_id.
func mainJob(rows []Employment, a, b *interval) *interval {
	ra, rb := &rows[a.row], &rows[b.row]
	switch weekly.Compare(int64(ra.HoursPaid), int64(a.days), int64(rb.HoursPaid), int64(b.days)) {
	case 1:
		return a
	case -1:
		return b
	}
	if a.ikv != b.ikv {
		return pick(ra.IKVID < rb.IKVID, a, b)
	}
	if ra.PeriodStart != rb.PeriodStart {
		return pick(ra.PeriodStart < rb.PeriodStart, a, b)
	}
	return pick(ra.RecordID <= rb.RecordID, a, b)
}

func pick(first bool, a, b *interval) *interval {
	if first {
		return a
	}
	return b
}

// contractOf gives the contract of a wage row, first that fits.
func (b *Builder) contractOf(r *Employment) Contract {
	switch kind := b.rules.contracts.of(r.CDAard); {
	case kind != NoContract:
		return kind
	case r.IndOnCall == "J":
		return OnCall
	case r.IndPermanent == "J" && r.IndWritten == "J":
		return Permanent
	}
	return Temporary
}
