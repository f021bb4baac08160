package synth

import (
	"fmt"
	"testing"
)

// observed is one person as the delivered records show them, by the definitions of the contract, corrections applied.
type observed struct {
	p       *subject
	base    month
	work    []bool
	bij     []bool
	sector  []uint8
	form    []string
	hours   []float64
	rows    int
	exitsTo []month // months after which a bijstand spell ended with an exit to work
	spell   []int   // months that the bijstand spell that covers the month has lasted
}

// observe reads wages and bijstand records of a person onto the reference days.
func observe(p *subject) *observed {
	o := &observed{p: p, base: p.base}
	n := len(p.months)
	o.work, o.bij, o.sector, o.form = make([]bool, n), make([]bool, n), make([]uint8, n), make([]string, n)
	o.hours, o.spell = make([]float64, n), make([]int, n)
	type key struct{ ikv, period uint16 }
	newest := map[key]wage{}
	p.wages(func(w *wage, _ month) {
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
	last := day(0)
	start := day(0)
	for _, s := range p.spells {
		if start == 0 || s.from-last > 32 {
			start = s.from
		}
		last = s.to
		for i := range o.bij {
			if ref := (o.base + month(i)).last(); s.from <= ref && (s.to == 0 || ref <= s.to) {
				o.bij[i] = true
				o.spell[i] = int(ref.month() - start.month())
			}
		}
	}
	for _, s := range p.spells {
		if s.to == 0 {
			continue
		}
		i := int(s.to.month()-o.base) + 1
		if i < n && o.work[i] && !o.bij[i] {
			o.exitsTo = append(o.exitsTo, s.to.month())
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
		ref := (o.base + month(i)).last()
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
	m, err := newWorld(seed, dayOf(2026, 6, 30), persons)
	if err != nil {
		t.Fatal(err)
	}
	f := figures{}
	p := newSubject(m)
	for n := range persons {
		p.live(n)
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
		m := o.base + month(i)
		ref := m.last()
		if !p.here(ref) || m > p.world.plan.uwv[len(p.world.plan.uwv)-1].coversTo.month() {
			continue
		}
		age := p.age(ref)
		adult := age >= 18 && age <= 64
		switch {
		case p.group.kind == displaced && age >= 15 && age <= 64 && ref >= p.permit:
			f.countDisplaced(o, i, m)
		case p.group.kind == permitHolder && adult && ref >= p.permit:
			f.countHolder(o, i, m)
		}
	}
	if p.group.kind == permitHolder {
		f.countCourse(o)
	}
	for _, w := range p.permits {
		f.add(fmt.Sprintf("TWV %d", w.requested.year()), w.decision == "verleend")
	}
	f.add("population "+[...]string{"permit", "displaced", "procedure", "refused"}[p.group.kind], true)
}

func (f figures) countDisplaced(o *observed, i int, m month) {
	f.add(fmt.Sprintf("displaced %d-%02d", m.year(), m.number()), o.work[i])
	if m == monthOf(2024, 10) && o.work[i] {
		for _, form := range []string{"agency", "on_call", "temporary", "permanent"} {
			f.add("displaced "+form, o.form[i] == form)
		}
		f.add("displaced 35+", o.hours[i] >= 35)
		f.add("displaced 30-35", o.hours[i] >= 30 && o.hours[i] < 35)
	}
}

func (f figures) countHolder(o *observed, i int, m month) {
	p := o.p
	k := int(m - p.permit.month())
	cohort := p.permit.year()
	f.add(fmt.Sprintf("work %d k%d", cohort, k), o.work[i])
	f.add(fmt.Sprintf("bijstand %d k%d", cohort, k), o.bij[i])
	if cohort == 2014 {
		f.add(fmt.Sprintf("work 2014 %s k%d", nationNames[p.group.nation], k), o.work[i])
	}
	if o.work[i] && (cohort == 2014 && k == 30 || m == monthOf(2022, 6) && cohort <= 2022) {
		name := "sector 2014 k30 "
		if k != 30 || m == monthOf(2022, 6) {
			name = "sector 2022-06 "
			if p.group.nation == eritrea {
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
	if m == monthOf(2022, 12) {
		f.add("bijstand 2022-12", o.bij[i])
		if o.bij[i] {
			f.add("bijstand 4 years", o.spell[i] >= 48)
		}
	}
	if m == monthOf(2021, 12) && cohort <= 2021 {
		f.add("work 2021-12", o.work[i])
	}
	if m == monthOf(2022, 6) && cohort == 2014 {
		f.add("work 2014 mid 2022", o.work[i])
	}
}

func (f figures) countCourse(o *observed) {
	p := o.p
	in := p.integration
	cohort := p.permit.year()
	age := p.age(p.permit)
	if in.law == "Wi2013" && cohort == 2014 {
		f.add("exam 2016-10", in.fulfilled != 0 && in.fulfilled <= dayOf(2016, 10, 1))
		f.add("exam 2018-10", in.fulfilled != 0 && in.fulfilled <= dayOf(2018, 10, 1))
	}
	if in.law != "" && cohort <= 2021 {
		f.add("exam 2021-12", in.fulfilled != 0 && in.fulfilled <= dayOf(2021, 12, 31))
		f.add("dispensed 2021-12", in.dispensed != 0 && in.dispensed <= dayOf(2021, 12, 31))
	}
	if in.law == "Wi2021" {
		for _, end := range []int{2022, 2023} {
			last := dayOf(end, 12, 31)
			if cohort <= end {
				f.add(fmt.Sprintf("intake %d by %d", cohort, end), in.intake != 0 && in.intake <= last)
				f.add(fmt.Sprintf("no pip %d by %d", cohort, end), in.pip == 0 || in.pip > last)
				f.add(fmt.Sprintf("settled %d by %d", cohort, end), p.settled != 0 && p.settled <= last)
			}
		}
	}
	if p.settled != 0 && p.settled <= dayOf(2022, 12, 31) && cohort == 2022 {
		f.add("waited 3 months 2022", p.settled-p.permit > 91)
	}
	if (cohort == 2022 || cohort == 2023) && p.arrived != 0 && age >= 18 && age <= 64 {
		before, after := false, false
		for i, w := range o.work {
			ref := (o.base + month(i)).last()
			if w && ref <= dayOf(2023, 12, 31) && (p.settled == 0 || ref < p.settled) {
				before = before || ref < p.permit
				after = after || ref >= p.permit
			}
		}
		f.add("azc before", before)
		f.add("azc after", after)
		if p.man {
			f.add("azc after men", after)
		} else {
			f.add("azc after women", after)
		}
	}
	for _, m := range o.exitsTo {
		if m.year() != 2021 { // the year that is published
			continue
		}
		i := int(m - o.base)
		for _, n := range []int{6, 18} {
			if i+n < len(o.work) && (o.base+month(i+n)).last() <= dayOf(2026, 4, 30) {
				f.add(fmt.Sprintf("exit %d", n), o.work[i+n] && !o.bij[i+n])
			}
		}
	}
}
