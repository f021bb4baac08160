package route

import (
	"slices"
	"strings"

	"doorstroom/pipelines/route/ordinal"
	"doorstroom/schemas"
)

// writeJobs joins the work intervals at each employer into jobs.
func (b *Builder) writeJobs(rows []Employment, out *Facts) {
	out.Jobs, b.jobStarts = out.Jobs[:0], b.jobStarts[:0]
	b.groupByEmployer()
	b.ikvs.StartCount()
	number := uint16(0)
	for from, to := 0, 0; from < len(b.byJob); from = to {
		to = b.endOfJob(rows, from)
		if from == 0 || !b.sameEmployer(from-1, from) {
			number = 0
		}
		number++
		b.jobStarts = append(b.jobStarts, from)
		out.Jobs = append(out.Jobs, b.jobRow(rows, b.byJob[from:to], number, int32(len(out.Jobs)+1)))
	}
}

func (b *Builder) sameEmployer(i, j int) bool {
	return b.work[b.byJob[i]].employer == b.work[b.byJob[j]].employer
}

// endOfJob gives where in byJob the job that begins at from ends, exclusive.
func (b *Builder) endOfJob(rows []Employment, from int) int {
	end := b.work[b.byJob[from]].end
	for i := from + 1; i < len(b.byJob); i++ {
		iv := &b.work[b.byJob[i]]
		if !b.sameEmployer(from, i) {
			return i
		}
		if !joins(end, iv.start, b.rules.WorkGap) && !b.endsOnPaper(rows, b.byJob[from:i], end) {
			return i
		}
		end = max(end, iv.end)
	}
	return len(b.byJob)
}

// endsOnPaper tells whether an income relation of the job ends on the day by
// an administrative end, while the contract goes on.
func (b *Builder) endsOnPaper(rows []Employment, job []int32, day schemas.Date) bool {
	for _, at := range job {
		if r := &rows[b.work[at].row]; r.IKVEnd == day && b.rules.ContractGoesOn.Has(r.EndReason) {
			return true
		}
	}
	return false
}

// jobRow makes the row of a job; stretch numbers it among those of the person.
func (b *Builder) jobRow(rows []Employment, job []int32, number uint16, stretchNo int32) JobRow {
	first := &b.work[job[0]]
	s, latest := startStretch(first, &rows[first.row]), &rows[first.row]
	ikvs := b.ikvs.CountOnce(0, first.ikv, stretchNo)
	for _, at := range job[1:] {
		iv := &b.work[at]
		s.add(iv, rows)
		ikvs = b.ikvs.CountOnce(ikvs, iv.ikv, stretchNo)
		latest = latestRow(latest, &rows[iv.row])
	}
	out := JobRow{
		Employer: rows[first.row].Employer, Job: number, Start: s.start, End: s.end, IKVs: ikvs,
		RealisedMonths: b.realisedMonths(job),
		MeanHoursWeek:  s.meanHoursWeek(),
		ContractStart:  b.contractOf(&rows[s.first.row]),
		ContractEnd:    b.contractOf(&rows[s.last.row]),
		SectorCode:     latest.SectorCode,
	}
	out.SowisLike = out.RealisedMonths >= b.rules.SowisMonths && out.MeanHoursWeek >= b.rules.SowisHours
	return out
}

// latestRow gives the row that tells the sector: latest period_start, then
// smallest ikv_id and record_id.
func latestRow(a, b *Employment) *Employment {
	switch {
	case a.PeriodStart != b.PeriodStart:
		if a.PeriodStart > b.PeriodStart {
			return a
		}
		return b
	case a.IKVID < b.IKVID, a.IKVID == b.IKVID && a.RecordID <= b.RecordID:
		return a
	}
	return b
}

// realisedMonths counts the reference days of the grid that an interval of the
// job covers. The intervals come by start, so each day is counted at its first.
func (b *Builder) realisedMonths(job []int32) uint16 {
	count, next := schemas.Month(0), b.grid.first
	for _, at := range job {
		from, to := b.grid.clip(b.work[at].from, b.work[at].to)
		from = max(from, next)
		if from <= to {
			count += to - from + 1
			next = to + 1
		}
	}
	return uint16(count)
}

// employers numbers the employers of one person and groups intervals by them.
type employers struct {
	ordinal.Names
	ranked []int32 // ordinals by pseudonym
	next   []int32 // per ordinal, where its next interval goes
}

// groupByEmployer fills byJob: the positions of the intervals by employer
// pseudonym, then start.
func (b *Builder) groupByEmployer() {
	e := &b.jobs
	e.ranked, e.next = e.ranked[:0], e.next[:0]
	for i := range e.Count() {
		e.ranked, e.next = append(e.ranked, int32(i)), append(e.next, 0)
	}
	slices.SortFunc(e.ranked, func(x, y int32) int { return strings.Compare(e.Name(x), e.Name(y)) })

	for i := range b.work {
		e.next[b.work[i].employer]++
	}
	from := int32(0)
	for _, employer := range e.ranked {
		e.next[employer], from = from, from+e.next[employer]
	}
	b.byJob = slices.Grow(b.byJob[:0], len(b.work))[:len(b.work)]
	for _, key := range b.order {
		at := position(key)
		employer := b.work[at].employer
		b.byJob[e.next[employer]] = int32(at)
		e.next[employer]++
	}
}
