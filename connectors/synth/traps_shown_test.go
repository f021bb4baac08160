package synth

import (
	"fmt"
	"math"
	"testing"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// seen counts, of one trap, how often it could have been shown and how often it was.
type seen struct{ of, shown int }

func (s *seen) count(shown bool) {
	s.of++
	if shown {
		s.shown++
	}
}

// trapCounts are what the suppliers' records of a population show, by trap.
type trapCounts map[string]*seen

func (c trapCounts) of(name string) *seen {
	if c[name] == nil {
		c[name] = &seen{}
	}
	return c[name]
}

// TestTrapsAreShown counts the traps in what the suppliers would deliver and holds the shares against those that
// docs/synthetic_population.md states, written here once more. What chance may do is allowed for: five deviations.
func TestTrapsAreShown(t *testing.T) {
	const persons = 60_000
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), persons)
	if err != nil {
		t.Fatal(err)
	}
	counts, k := trapCounts{}, newMaker(m)
	for n := range persons {
		k.person.Live(n)
		k.tell()
		counts.lives(k.person)
		counts.records(k.person, &k.life)
		counts.wages(k.person)
	}
	for _, c := range []struct {
		trap  string
		share float64
		// less is how much smaller the share may be, because not everybody who is counted can show the trap.
		less float64
	}{
		{"no BSN", 0.012, 0}, {"two V numbers", 0.008, 0}, {"wrong link corrected", 0.0015, 0.3}, {"wrong link deleted", 0.0015, 0.5}, {"conflict", 0.0015, 0.1},
		{"wage correction", 0.015, 0}, {"corrected by W", 0.2, 0}, {"wage withdrawn", 0.0005, 0}, {"parallel IKV", 0.06, 0.1},
		{"end reason 90", 0.003, 0}, {"take-over", 0.001, 0}, {"four-weekly pay", 0.16, 0}, {"zero hours", 0.04, 0}, {"negative hours", 0.01, 0.05}, {"severance", 0.12, 0.05},
		{"late grant", 0.1, 0}, {"partly unknown date", 0.04, 0}, {"month unknown too", 0.25, 0},
		{"move", 0.035 / 365, 0.05}, {"emigration", 0.007 / 365, 0.05}, {"death", 0.0012 / 365, 0.1}, {"switch of law", 0.04, 0}, {"switch of law, 2020", 0.04, 0}, {"switch of law, 2021", 0.04, 0}, {"second obligation", 1, 0}, {"broken record", 0.0025, 0},
	} {
		s := counts.of(c.trap)
		chance := 5 * math.Sqrt(c.share*(1-c.share)/float64(max(s.of, 1)))
		got := float64(s.shown) / float64(max(s.of, 1))
		if s.shown < 5 || got < c.share*(1-c.less)-chance || got > c.share+chance {
			t.Errorf("%s: %d of %d, which is %.3g %%; want %.3g %%", c.trap, s.shown, s.of, 100*got, 100*c.share)
		}
	}
}

// lives counts what stands in the lives themselves.
func (c trapCounts) lives(p *subject) {
	asOf := p.world.AsOf
	c.of("broken record").count(p.N%badEvery == 7)
	if p.Group.Kind != population.PermitHolder || p.Settled == 0 || p.Settled+60 > asOf {
		return
	}
	c.of("no BSN").count(p.BSN == 0)
	if in := p.Integration; in.Law == "Wi2013" && in.Start.Year() >= 2020 && (in.Fulfilled == 0 || in.Fulfilled.Year() > 2022 || in.Switched != 0) {
		c.of("switch of law").count(in.Switched != 0)
		c.of(fmt.Sprintf("switch of law, %d", in.Start.Year())).count(in.Switched != 0)
	}
	if p.Husband != nil || p.Permit.Year()-p.BirthYear > 60 {
		return
	}
	end := asOf
	if p.Exit != 0 {
		end = p.Exit
	}
	for _, daily := range []string{"emigration", "death", "move"} {
		c.of(daily).of += int(end - p.Settled)
	}
	for i := 1; i < len(p.Homes); i++ {
		if p.Homes[i].Town != p.Homes[i-1].Town {
			c.of("move").shown++
		}
	}
	switch p.ExitHow {
	case "geemigreerd":
		c.of("emigration").shown++
	case "overleden":
		c.of("death").shown++
	}
}

// records counts what stands in the records of COA, municipalities and DUO.
func (c trapCounts) records(p *subject, l *life) {
	twoV, corrected, removed, conflict, settled, newLaw := false, false, false, false, false, false
	for i := range l.records {
		r := &l.records[i]
		last := l.hold(r)
		last.until(never)
		twoV = twoV || r.base.v == secondV(p.N)
		conflict = conflict || last.b == wrongBNumber(p.N)
		switch r.kind {
		case duoObligation:
			newLaw = newLaw || last.b == p.b() && last.fields[0].s == "Wi2021"
		case municipalityResidence:
			settled = true
			for j := r.first; j < r.last; j++ {
				corrected = corrected || l.changes[j].what == ofV && l.changes[j].number == vNumber(p.N^1) && last.v == vNumber(p.N)
			}
			removed = removed || r.base.v == vNumber(p.N^1) && last.gone
			if r.base.v == vNumber(p.N) {
				c.inexact(last.fields[1])
			}
		case municipalityBijstand:
			if last.fields[1].s == "PW" && last.fields[2].kind == dated {
				c.of("late grant").count(r.known-calendar.Day(last.fields[2].n) >= 92)
			}
		}
	}
	c.of("two V numbers").count(twoV)
	if p.Integration.Switched != 0 {
		c.of("second obligation").count(newLaw)
	}
	if settled && p.b() != 0 {
		c.of("wrong link corrected").count(corrected)
		c.of("wrong link deleted").count(removed)
		if p.Integration.Law != "" {
			c.of("conflict").count(conflict)
		}
	}
}

func (c trapCounts) inexact(v value) {
	c.of("partly unknown date").count(v.kind != dated)
	if v.kind != dated {
		c.of("month unknown too").count(v.kind == yearOnly)
	}
}

// relation is an income relation as its rows show it.
type relation struct {
	employer uint64
	from, to calendar.Day
}

// paid are the rows of wages of a person as they were first told, and what came of each later.
type paid struct {
	rows    map[uint16]wage
	told    map[uint16]calendar.Month
	changed map[uint16]byte // W, V, or C for a correction under another record
}

func paidTo(p *subject) paid {
	all := paid{map[uint16]wage{}, map[uint16]calendar.Month{}, map[uint16]byte{}}
	p.wages(func(w *wage, delivered calendar.Month) {
		switch {
		case w.op == 'V' || w.op == 'W':
			all.changed[w.row] = w.op
		case w.flags&corrected != 0:
			all.changed[w.row] = 'C'
		}
		if _, again := all.rows[w.row]; !again {
			all.rows[w.row], all.told[w.row] = *w, delivered
		}
	})
	return all
}

// wages counts what stands in the rows of wages.
func (c trapCounts) wages(p *subject) {
	all := paidTo(p)
	relations := map[uint16]*relation{}
	severance, negative := 0, 0
	for n, w := range all.rows {
		if w.income == 62 {
			severance++
			continue
		}
		c.versions(p, &all, n)
		switch {
		case w.income == 43:
		case w.hours < 0:
			negative++
		default:
			c.row(p, &w, all.changed[n] == 0, relations)
		}
	}
	c.ends(&all)
	for _, r := range relations {
		if r.employer/1e9 != 52 {
			c.of("four-weekly pay").count(c.fourWeekly(all.rows, r.employer, &p.world.plan.periods))
		}
	}
	c.jobs(p, relations, severance, negative)
}

// versions counts corrections and withdrawals. What the full delivery could have told as it is in the end is not withdrawn.
func (c trapCounts) versions(p *subject, all *paid, n uint16) {
	replaced := all.changed[n] == 'W' || all.changed[n] == 'C'
	if all.told[n] > p.world.plan.uwv[0].drawn.Month() && !replaced {
		c.of("wage withdrawn").count(all.changed[n] == 'V')
	}
	c.of("wage correction").count(replaced)
	if replaced {
		c.of("corrected by W").count(all.changed[n] == 'W')
	}
}

// row counts what a row of work shows by itself, and adds it to its income relation.
func (c trapCounts) row(p *subject, w *wage, asFirst bool, relations map[uint16]*relation) {
	t := p.world.plan.periods.list[w.period]
	if w.flags&called != 0 && w.from <= t.from && (w.to == 0 || w.to >= t.to) && asFirst {
		c.of("zero hours").count(w.hours == 0)
	}
	r := relations[w.ikv]
	if r == nil {
		r = &relation{employer: w.employer, from: w.from}
		relations[w.ikv] = r
	}
	r.to = max(r.to, min(t.to, p.world.AsOf))
	if w.to != 0 {
		r.to = w.to
	}
	if t.to < p.world.AsOf && w.to != t.to || w.reason == 90 {
		c.of("end reason 90").of++
		c.of("take-over").of++
	}
}

// ends counts the income relations that end for reason 90, by who the employer of the next one is.
func (c trapCounts) ends(all *paid) {
	began := map[calendar.Day]uint64{}
	work := func(w wage) bool { return w.income != 62 && w.income != 43 && w.hours >= 0 }
	for _, w := range all.rows {
		if work(w) {
			began[w.from] = w.employer
		}
	}
	for _, w := range all.rows {
		if !work(w) || w.reason != 90 {
			continue
		}
		if began[w.to+1] == w.employer {
			c.of("end reason 90").shown++
		} else {
			c.of("take-over").shown++
		}
	}
}

func (c trapCounts) fourWeekly(rows map[uint16]wage, employer uint64, ps *periods) bool {
	for _, w := range rows {
		if w.employer == employer && w.hours >= 0 && w.income != 62 {
			return int(w.period) >= ps.months
		}
	}
	return false
}

// jobs counts what comes beside jobs and after them.
func (c trapCounts) jobs(p *subject, relations map[uint16]*relation, severance, negative int) {
	if p.BSN == 0 {
		return
	}
	asOf := p.world.AsOf
	c.of("severance").shown += severance
	c.of("negative hours").shown += negative
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if j.End != 0 && j.End <= asOf {
			c.of("negative hours").of++
			if j.End-j.Start > 500 {
				c.of("severance").of++
			}
		}
		if j.Start > asOf-300 || j.Start < coverStart || j.End != 0 && j.End-j.Start <= 120 {
			continue
		}
		beside := false
		for _, r := range relations {
			beside = beside || r.from >= j.Start+20 && r.from <= j.Start+80 && overlapped(relations, r)
		}
		c.of("parallel IKV").count(beside)
	}
}

// overlapped tells whether an income relation lies beside one that began before it.
func overlapped(relations map[uint16]*relation, r *relation) bool {
	for _, other := range relations {
		if other != r && other.from < r.from && other.to >= r.from+20 {
			return true
		}
	}
	return false
}
