package synth

import (
	"fmt"
	"testing"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

// observed is one person as the delivered records show them, by the definitions of the contract, corrections applied.
type observed struct {
	p       *subject
	base    calendar.Month
	work    []bool
	bij     []bool
	sector  []uint8
	form    []string
	hours   []float64
	rows    int
	exitsTo []calendar.Month // months after which a bijstand spell ended with an exit to work
	spell   []int            // months that the bijstand spell that covers the month has lasted
}

// observe reads wages and bijstand records of a person onto the reference days.
func observe(p *subject) *observed {
	o := &observed{p: p, base: p.Base}
	n := 0
	for (o.base + calendar.Month(n)).Last() <= p.world.AsOf {
		n++
	}
	o.work, o.bij, o.sector, o.form = make([]bool, n), make([]bool, n), make([]uint8, n), make([]string, n)
	o.hours, o.spell = make([]float64, n), make([]int, n)
	type key struct{ ikv, period uint16 }
	newest := map[key]wage{}
	p.wages(func(w *wage, _ calendar.Month) {
		o.rows++
		k := key{w.ikv, w.period}
		if w.op == 'V' {
			delete(newest, k)
			return
		}
		newest[k] = *w
	})
	for _, w := range newest {
		o.take(&w)
	}
	last := calendar.Day(0)
	start := calendar.Day(0)
	for _, s := range p.Spells {
		if start == 0 || s.From-last > 32 {
			start = s.From
		}
		last = s.To
		for i := range o.bij {
			if ref := (o.base + calendar.Month(i)).Last(); s.From <= ref && (s.To == 0 || ref <= s.To) {
				o.bij[i] = true
				o.spell[i] = int(ref.Month() - start.Month())
			}
		}
	}
	for _, s := range p.Spells {
		if s.To == 0 {
			continue
		}
		i := int(s.To.Month()-o.base) + 1
		if i < n && o.work[i] && !o.bij[i] {
			o.exitsTo = append(o.exitsTo, s.To.Month())
		}
	}
	return o
}

func (o *observed) take(w *wage) {
	if w.hours <= 0 || w.income != 15 && w.income != 11 {
		return
	}
	t := o.p.world.plan.periods.list[w.period]
	weekly := float64(w.hours) / (float64(t.to-t.from+1) / 7)
	for i := range o.work {
		ref := (o.base + calendar.Month(i)).Last()
		if ref < t.from || ref > t.to || ref < w.from || w.to != 0 && ref > w.to {
			continue
		}
		o.work[i] = true
		if weekly > o.hours[i] {
			o.sector[i], o.form[i] = w.sector, formOf(w)
		}
		o.hours[i] += weekly
	}
}

func formOf(w *wage) string {
	switch {
	case w.nature == 11:
		return "agency"
	case w.nature == 82:
		return "payroll"
	case w.nature == 83:
		return "bbl"
	case w.flags&called != 0:
		return "on_call"
	case w.flags&permanent != 0 && w.flags&written != 0:
		return "permanent"
	}
	return "temporary"
}

// tally is a share: how many of how many.
type tally struct{ yes, all float64 }

func (t *tally) add(yes bool) {
	t.all++
	if yes {
		t.yes++
	}
}

func (t *tally) percent() float64 { return 100 * t.yes / t.all }

// figures collects shares by name.
type figures map[string]*tally

func (f figures) add(name string, yes bool) {
	if f[name] == nil {
		f[name] = &tally{}
	}
	f[name].add(yes)
}

// measure lives through a population and counts what the published figures count.
func measure(t testing.TB, persons int, seed uint64) figures {
	t.Helper()
	m, err := newWorld(seed, calendar.DayOf(2026, 6, 30), persons)
	if err != nil {
		t.Fatal(err)
	}
	f := figures{}
	p := newSubject(m)
	for n := range persons {
		p.Live(n)
		o := observe(p)
		f.add("rows per person", true)
		f["rows per person"].yes += float64(o.rows) - 1
		f.count(o)
	}
	return f
}

var nationNames = [...]string{"Syrie", "Eritrea", "Afghanistan", "Irak", "Iran", "Turkije", "overig", "Oekraine"}

func (f figures) count(o *observed) {
	p := o.p
	for i := range o.work {
		m := o.base + calendar.Month(i)
		ref := m.Last()
		if !p.Here(ref) || m > p.world.plan.uwv[len(p.world.plan.uwv)-1].coversTo.Month() {
			continue
		}
		age := p.Age(ref)
		adult := age >= 18 && age <= 64
		switch {
		case p.Group.Kind == population.Displaced && age >= 15 && age <= 64 && ref >= p.Permit:
			f.countDisplaced(o, i, m)
		case p.Group.Kind == population.PermitHolder && adult && ref >= p.Permit:
			f.countHolder(o, i, m)
		}
	}
	if p.Group.Kind == population.PermitHolder {
		f.countCourse(o)
	}
	for _, w := range p.Permits {
		f.add(fmt.Sprintf("TWV %d", w.Requested.Year()), w.Decision == "verleend")
	}
	f.add("population "+[...]string{"permit", "displaced", "procedure", "refused"}[p.Group.Kind], true)
}

func (f figures) countDisplaced(o *observed, i int, m calendar.Month) {
	f.add(fmt.Sprintf("displaced %d-%02d", m.Year(), m.Number()), o.work[i])
	if m == calendar.MonthOf(2024, 10) && o.work[i] {
		for _, form := range []string{"agency", "on_call", "temporary", "permanent"} {
			f.add("displaced "+form, o.form[i] == form)
		}
		f.add("displaced 35+", o.hours[i] >= 35)
		f.add("displaced 30-35", o.hours[i] >= 30 && o.hours[i] < 35)
	}
}

func (f figures) countHolder(o *observed, i int, m calendar.Month) {
	p := o.p
	k := int(m - p.Permit.Month())
	cohort := p.Permit.Year()
	f.add(fmt.Sprintf("work %d k%d", cohort, k), o.work[i])
	f.add(fmt.Sprintf("bijstand %d k%d", cohort, k), o.bij[i])
	if cohort == 2014 {
		f.add(fmt.Sprintf("work 2014 %s k%d", nationNames[p.Group.Nation], k), o.work[i])
	}
	if o.work[i] && (cohort == 2014 && k == 30 || m == calendar.MonthOf(2022, 6) && cohort <= 2022) {
		name := "sector 2014 k30 "
		if k != 30 || m == calendar.MonthOf(2022, 6) {
			name = "sector 2022-06 "
			if p.Group.Nation == population.Eritrea {
				f.add("sector 2022-06 eritrea agency", o.sector[i] == 52)
			}
		}
		s := o.sector[i]
		f.add(name+"hospitality", s == 33 || s == 34)
		f.add(name+"agency", s == 52)
		f.add(name+"trade", s == 17 || s == 19 || s == 41 || s == 42)
		if name == "sector 2022-06 " {
			for _, form := range []string{"agency", "payroll", "bbl", "on_call", "temporary", "permanent"} {
				f.add("holders "+form, o.form[i] == form)
			}
		}
	}
	if m == calendar.MonthOf(2022, 12) {
		f.add("bijstand 2022-12", o.bij[i])
		if o.bij[i] {
			f.add("bijstand 4 years", o.spell[i] >= 48)
		}
	}
	if m == calendar.MonthOf(2021, 12) && cohort <= 2021 {
		f.add("work 2021-12", o.work[i])
	}
	if m == calendar.MonthOf(2022, 6) && cohort == 2014 {
		f.add("work 2014 mid 2022", o.work[i])
	}
}

func (f figures) countCourse(o *observed) {
	p := o.p
	in := p.Integration
	cohort := p.Permit.Year()
	age := p.Age(p.Permit)
	if in.Law == "Wi2013" && cohort == 2014 {
		f.add("exam 2016-10", in.Fulfilled != 0 && in.Fulfilled <= calendar.DayOf(2016, 10, 1))
		f.add("exam 2018-10", in.Fulfilled != 0 && in.Fulfilled <= calendar.DayOf(2018, 10, 1))
	}
	if in.Law != "" && cohort <= 2021 {
		f.add("exam 2021-12", in.Fulfilled != 0 && in.Fulfilled <= calendar.DayOf(2021, 12, 31))
		f.add("dispensed 2021-12", in.Dispensed != 0 && in.Dispensed <= calendar.DayOf(2021, 12, 31))
	}
	if in.Law == "Wi2021" {
		for _, end := range []int{2022, 2023} {
			last := calendar.DayOf(end, 12, 31)
			if cohort <= end {
				f.add(fmt.Sprintf("intake %d by %d", cohort, end), in.Intake != 0 && in.Intake <= last)
				f.add(fmt.Sprintf("no pip %d by %d", cohort, end), in.PIP == 0 || in.PIP > last)
				f.add(fmt.Sprintf("settled %d by %d", cohort, end), p.Settled != 0 && p.Settled <= last)
			}
		}
	}
	if p.Settled != 0 && p.Settled <= calendar.DayOf(2022, 12, 31) && cohort == 2022 {
		f.add("waited 3 months 2022", p.Settled-p.Permit > 91)
	}
	if (cohort == 2022 || cohort == 2023) && p.Arrived != 0 && age >= 18 && age <= 64 {
		before, after := false, false
		for i, w := range o.work {
			ref := (o.base + calendar.Month(i)).Last()
			if w && ref <= calendar.DayOf(2023, 12, 31) && (p.Settled == 0 || ref < p.Settled) {
				before = before || ref < p.Permit
				after = after || ref >= p.Permit
			}
		}
		f.add("azc before", before)
		f.add("azc after", after)
		if p.Man {
			f.add("azc after men", after)
		} else {
			f.add("azc after women", after)
		}
	}
	for _, m := range o.exitsTo {
		if m.Year() != 2021 { // the year that is published
			continue
		}
		i := int(m - o.base)
		for _, n := range []int{6, 18} {
			if i+n < len(o.work) && (o.base+calendar.Month(i+n)).Last() <= calendar.DayOf(2026, 4, 30) {
				f.add(fmt.Sprintf("exit %d", n), o.work[i+n] && !o.bij[i+n])
			}
		}
	}
}
