package route

import (
	"slices"

	"doorstroom/schemas"
)

// ConversionRow is a row of contract_conversion.
type ConversionRow struct {
	Employer      string
	Job           uint16
	Start         schemas.Date
	ContractStart Contract
	Same, Any     [2]Tri // within each of Conversions
}

// follows tells whether a contract is one that a job of this contract can be converted to.
func (c Contract) follows(start Contract) bool {
	switch start {
	case Temporary:
		return c == Permanent
	case Agency:
		return c != NoContract && c != Agency && c != Payroll
	}
	return false
}

// held are days on which a person has a contract of some kind, as runs by start that do not touch.
type held []struct{ start, end schemas.Date }

// add takes in an interval that starts no earlier than those before it.
func (h *held) add(iv *interval) {
	if n := len(*h); n > 0 && iv.start <= (*h)[n-1].end+1 {
		(*h)[n-1].end = max((*h)[n-1].end, iv.end)
		return
	}
	*h = append(*h, struct{ start, end schemas.Date }{iv.start, iv.end})
}

func (h held) has(d schemas.Date) bool {
	n, _ := slices.BinarySearchFunc(h, d, func(run struct{ start, end schemas.Date }, d schemas.Date) int { return int(run.end - d) })
	return n < len(h) && h[n].start <= d
}

// findHeld notes when the person has a contract that a temporary job, or an agency job, could be converted to.
func (b *Builder) findHeld(rows []Employment) {
	b.permanent, b.direct = b.permanent[:0], b.direct[:0]
	for _, key := range b.order {
		iv := &b.work[position(key)]
		contract := b.contractOf(&rows[iv.row])
		if contract.follows(Temporary) {
			b.permanent.add(iv)
		}
		if contract.follows(Agency) {
			b.direct.add(iv)
		}
	}
}

// convertible tells whether a job begins with a contract that another can follow, while the person has none of those.
func (b *Builder) convertible(job *JobRow) bool {
	switch job.ContractStart {
	case Temporary:
		return !b.permanent.has(job.Start)
	case Agency:
		return !b.direct.has(job.Start)
	}
	return false
}

// writeConversions follows the jobs, of which the n-th begins at jobStarts[n] in byJob.
func (b *Builder) writeConversions(rows []Employment, ed *Edition, out *Facts) {
	out.Conversions = out.Conversions[:0]
	if !b.rules.MoreFacts {
		return
	}
	b.findHeld(rows)
	for n := range out.Jobs {
		if job := &out.Jobs[n]; b.convertible(job) {
			out.Conversions = append(out.Conversions, b.conversion(rows, ed, job, b.jobStarts[n]))
		}
	}
}

func (b *Builder) conversion(rows []Employment, ed *Edition, job *JobRow, from int) ConversionRow {
	row := ConversionRow{Employer: job.Employer, Job: job.Job, Start: job.Start, ContractStart: job.ContractStart}
	first, atEmployer := job.Start.Month(), b.mainAtEmployer(rows, from)
	same, anywhere := false, false
	k := schemas.Month(0)
	for i, n := range b.rules.Conversions {
		for ; k <= schemas.Month(n); k++ {
			same = same || b.isOf(rows, atEmployer[k], job.ContractStart)
			anywhere = anywhere || b.grid.has(first+k) && b.isOf(rows, b.months[first+k-b.grid.first].main, job.ContractStart)
		}
		if ed.GridEnd != 0 && first+schemas.Month(n) <= ed.GridEnd.Month() {
			row.Same[i], row.Any[i] = tri(same), tri(anywhere)
		}
	}
	return row
}

// isOf tells whether a row, nil for none, has a contract that a job of this one can be converted to.
func (b *Builder) isOf(rows []Employment, iv *interval, start Contract) bool {
	return iv != nil && b.contractOf(&rows[iv.row]).follows(start)
}

// mainAtEmployer gives, for the month in which the job at from in byJob begins and each later one that counts, the main
// one of the intervals at its employer that cover the reference day. Intervals of earlier jobs end before this one.
func (b *Builder) mainAtEmployer(rows []Employment, from int) []*interval {
	last := schemas.Month(b.rules.Conversions[1])
	b.window = append(b.window[:0], make([]*interval, last+1)...)
	first := b.work[b.byJob[from]].start.Month()
	for i := from; i < len(b.byJob) && b.sameEmployer(from, i); i++ {
		iv := &b.work[b.byJob[i]]
		if iv.start.Month() > first+last {
			break
		}
		start, end := b.grid.clip(iv.from, iv.to)
		for m := start; m <= min(end, first+last); m++ {
			if at := &b.window[m-first]; *at == nil {
				*at = iv
			} else {
				*at = mainJob(rows, *at, iv)
			}
		}
	}
	return b.window
}
