package route

import "doorstroom/schemas"

// free tells whether the person works and has no bijstand.
func (m *MonthRow) free() bool { return m.Working && !m.Bijstand }

// writeRuns finds the runs of months working and not in bijstand, tells in each
// month whether it lies in one that is long enough, and notes the first of each length.
func (b *Builder) writeRuns(months []MonthRow) {
	for from := 0; from < len(months); {
		to := from
		for to < len(months) && months[to].free() {
			to++
		}
		if to == from {
			m := &months[from]
			m.Sustained6, m.Sustained12, m.Sustained18 = False, False, False
			from++
			continue
		}
		open := to == len(months)
		b.writeRun(months[from:to], b.months[from].day, open)
		from = to
	}
}

// writeRun is for one run, of at least one month: its first reference day, and
// whether it is open at the end of the grid.
func (b *Builder) writeRun(run []MonthRow, first schemas.Date, open bool) {
	lengths := &b.rules.Sustained
	six, twelve, eighteen := longEnough(run, lengths[0], open), longEnough(run, lengths[1], open), longEnough(run, lengths[2], open)
	for i := range run {
		run[i].Sustained6, run[i].Sustained12, run[i].Sustained18 = six, twelve, eighteen
	}
	if six == True {
		b.derived(SustainedRun6, first)
	}
	if twelve == True {
		b.derived(SustainedRun12, first)
	}
	if eighteen == True {
		b.derived(SustainedRun18, first)
	}
}

// longEnough is NULL for a run that is too short as yet.
func longEnough(run []MonthRow, n int, open bool) Tri {
	if len(run) < n && open {
		return Null
	}
	return tri(len(run) >= n)
}
