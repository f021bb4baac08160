package lineage

import (
	"fmt"
	"strings"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/weekly"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

// evidence is an effective record of the person, with what route makes of
// that record alone. A fact came from the records that say it by themselves:
// so the definitions are asked, not repeated.
type evidence struct {
	*versions.Version
	n      int // its place among the person's records of the kind
	says   route.Facts
	months map[schemas.Date]*route.MonthRow // of says, by month
}

// evidenceOf asks route what every record of a person says by itself.
func evidenceOf(p *route.Person, rows map[string][]*versions.Version, e *route.Edition) ([]*evidence, error) {
	var b route.Builder
	var list []*evidence
	for _, r := range schemas.Records {
		for n, v := range rows[r.Name] {
			w := &evidence{Version: v, n: n, months: make(map[schemas.Date]*route.MonthRow)}
			if err := b.Build(p.Only(r.Name, n), e, &w.says); err != nil {
				return nil, fmt.Errorf("asking what a record of %s says: %w", r.Name, err)
			}
			for i := range w.says.Months {
				w.months[w.says.Months[i].Month] = &w.says.Months[i]
			}
			list = append(list, w)
		}
	}
	return list, nil
}

// event is a fact of the person with the records that it came from.
type event struct {
	from, to schemas.Date // to is zero for a day, and for what is still open
	fact     string
	text     string
	rows     []*versions.Version
}

// pick gives the records of whom a condition holds.
func pick(all []*evidence, says func(*evidence) bool) (rows []*versions.Version) {
	for _, w := range all {
		if says(w) {
			rows = append(rows, w.Version)
		}
	}
	return rows
}

// during tells whether a record alone makes some month from first up to last so.
func (w *evidence) during(first, last schemas.Date, so func(*route.MonthRow) bool) bool {
	for month, m := range w.months {
		if first <= month && month <= last && so(m) {
			return true
		}
	}
	return false
}

func works(m *route.MonthRow) bool { return m.Working }

// milestones gives those of the person; p is needed where several records make one day together.
func milestones(p *route.Person, f *route.Facts, all []*evidence, e *route.Edition) ([]event, error) {
	var events []event
	for _, m := range f.Milestones {
		rows, err := milestoneRows(p, f, m, all, e)
		if err != nil {
			return nil, err
		}
		events = append(events, event{from: m.Date, fact: m.Kind.String(), rows: rows})
	}
	return events, nil
}

func milestoneRows(p *route.Person, f *route.Facts, m route.MilestoneRow, all []*evidence, e *route.Edition) ([]*versions.Version, error) {
	switch m.Kind {
	case route.LanguageA2, route.LanguageB1, route.LanguageB2:
		return examsFor(p, m, all, e)
	case route.SustainedRun6:
		return worked(m.Date, runLength(e, 0), all), nil
	case route.SustainedRun12:
		return worked(m.Date, runLength(e, 1), all), nil
	case route.SustainedRun18:
		return worked(m.Date, runLength(e, 2), all), nil
	case route.FirstJob20h:
		return worked(m.Date, 1, all), nil
	case route.FirstWorkInAZC:
		return pick(all, func(w *evidence) bool {
			return covers(w, m.Date) || w.Record.Name == "coa_stay" && w.stayCovers(p, m.Date)
		}), nil
	case route.BijstandExitToWork:
		next := m.Date.Month() + 1
		return append(pick(all, func(w *evidence) bool {
			return len(w.says.BijstandSpells) > 0 && w.says.BijstandSpells[0].End == m.Date
		}), worked(next.Last(), 1, all)...), nil
	}
	return pick(all, func(w *evidence) bool {
		if m.Record != "" && (w.Record.Name != m.Record || w.ID != m.RecordID) {
			return false
		}
		for _, own := range w.says.Milestones {
			if own.Kind == m.Kind && own.Date == m.Date {
				return true
			}
		}
		return false
	}), nil
}

// runLength is how many reference days make the n-th sustained run.
func runLength(e *route.Edition, n int) schemas.Month {
	return schemas.Month(e.Definitions.Sustained[n])
}

// worked are the wage rows that make the person work on n reference days from d on.
func worked(d schemas.Date, n schemas.Month, all []*evidence) []*versions.Version {
	first := d.Month()
	return pick(all, func(w *evidence) bool { return w.during(first.First(), (first + n - 1).First(), works) })
}

// covers tells whether a wage row's work interval covers d.
func covers(w *evidence, d schemas.Date) bool {
	return len(w.says.WorkSpells) > 0 && w.says.WorkSpells[0].Start <= d && d <= w.says.WorkSpells[0].End
}

func (w *evidence) stayCovers(p *route.Person, d schemas.Date) bool {
	s := &p.Stays[w.n]
	return s.Start <= d && (s.End == 0 || d <= s.End)
}

// examsFor are the exams without which the level would have come later or not
// at all; exams of one part on one day stand in for each other, and none is named then.
func examsFor(p *route.Person, m route.MilestoneRow, all []*evidence, e *route.Edition) ([]*versions.Version, error) {
	var b route.Builder
	var other route.Facts
	var rows []*versions.Version
	for _, w := range all {
		if w.Record.Name != "duo_exam" {
			continue
		}
		if err := b.Build(withoutExam(p, w.n), e, &other); err != nil {
			return nil, fmt.Errorf("asking what an exam adds: %w", err)
		}
		same := false
		for _, o := range other.Milestones {
			same = same || o.Kind == m.Kind && o.Date == m.Date
		}
		if !same {
			rows = append(rows, w.Version)
		}
	}
	return rows, nil
}

// spells gives work spells, jobs and bijstand spells.
func spells(f *route.Facts, all []*evidence) []event {
	var events []event
	for _, s := range f.WorkSpells {
		rows := pick(all, func(w *evidence) bool { return lies(w, s.Start, s.End) })
		events = append(events, event{s.Start, s.End, fmt.Sprintf("work_spell %d", s.Spell),
			fmt.Sprintf("%d jobs, %s hours a week, %s to %s", s.Jobs, hours(s.MeanHoursWeek), s.ContractStart, s.ContractEnd), rows})
	}
	for _, j := range f.Jobs {
		rows := pick(all, func(w *evidence) bool { return lies(w, j.Start, j.End) && w.says.Jobs[0].Employer == j.Employer })
		events = append(events, event{j.Start, j.End, fmt.Sprintf("job %d at %s", j.Job, schemas.Pseudonym{Key: [16]byte([]byte(j.Employer)), Valid: true}.Text()),
			fmt.Sprintf("sector %s, %s hours a week, %d months, %s to %s", j.SectorCode, hours(j.MeanHoursWeek), j.RealisedMonths, j.ContractStart, j.ContractEnd), rows})
	}
	for _, s := range f.BijstandSpells {
		rows := pick(all, func(w *evidence) bool {
			own := w.says.BijstandSpells
			return len(own) > 0 && own[0].Start >= s.Start && (s.End == 0 || own[0].Start <= s.End)
		})
		events = append(events, event{s.Start, s.End, fmt.Sprintf("bijstand_spell %d", s.Spell), "municipality " + s.MunicipalityCode + ", exit to work " + truth(s.ExitToWork), rows})
	}
	return events
}

// lies tells whether a wage row's work interval lies within a spell.
func lies(w *evidence, start, end schemas.Date) bool {
	return len(w.says.WorkSpells) > 0 && start <= w.says.WorkSpells[0].Start && w.says.WorkSpells[0].End <= end
}

func hours(h weekly.Hundredths) string { return fmt.Sprintf("%d.%02d", h/100, h%100) }

func truth(t route.Tri) string { return [...]string{"not known", "no", "yes"}[t] }

// statuses gives the months as runs of equal statuses.
func statuses(p *route.Person, f *route.Facts, all []*evidence) []event {
	var events []event
	for from := 0; from < len(f.Months); {
		to, text := from, statusText(&f.Months[from])
		for to+1 < len(f.Months) && statusText(&f.Months[to+1]) == text {
			to++
		}
		first, last := &f.Months[from], &f.Months[to]
		rows := pick(all, func(w *evidence) bool {
			return w.during(first.Month, last.Month, func(m *route.MonthRow) bool { return supports(m, first) }) ||
				first.Stage == route.StageAZCWithPermit && w.says.Person.PermitStart != 0 && w.says.Person.PermitStart == f.Person.PermitStart ||
				first.Dual && w.provides(p, first.Month.Month().Last(), last.Month.Month().Last())
		})
		events = append(events, event{first.Month.Month().Last(), last.Month.Month().Last(), "status", text, rows})
		from = to + 1
	}
	return events
}

// supports tells whether what a record alone says of a month is part of what is so of it.
func supports(m, of *route.MonthRow) bool {
	return m.Working && of.Working || m.Bijstand && of.Bijstand || m.InAZC && of.InAZC || m.BBL && of.BBL || m.Startbaan && of.Startbaan ||
		m.Leerroute != "" && m.Leerroute == of.Leerroute || m.MunicipalityCode != "" && m.MunicipalityCode == of.MunicipalityCode ||
		m.Stage == route.StageLeft && of.Stage == route.StageLeft
}

// provides tells whether a provision makes somebody dual on some day from first up to last, which takes a pip too.
func (w *evidence) provides(p *route.Person, first, last schemas.Date) bool {
	if w.Record.Name != "municipality_provision" {
		return false
	}
	s := &p.Provisions[w.n]
	return s.HoursPerWeek > 0 && s.Start <= last && (s.End == 0 || s.End >= first)
}

// statusText is what of a month makes it differ from another.
func statusText(m *route.MonthRow) string {
	parts := []string{m.Stage.String()}
	for _, flag := range []struct {
		on   bool
		name string
	}{
		{m.InAZC, "in azc"}, {m.Working, "working " + m.Contract.String()}, {m.Bijstand, "bijstand"}, {m.BBL, "bbl"},
		{m.Startbaan, "startbaan"}, {m.Dual, "dual"}, {m.Leerroute != "", "leerroute " + m.Leerroute},
		{m.MunicipalityCode != "", "municipality " + m.MunicipalityCode},
	} {
		if flag.on {
			parts = append(parts, flag.name)
		}
	}
	return strings.Join(parts, ", ")
}
