package synth

import (
	"testing"

	"doorstroom/connectors/synth/calendar"
)

// A record with both pseudonyms, of which the second is known from day 50 on, and two later events that are told in the wrong order.
func TestChangesComeOnTheirDay(t *testing.T) {
	l := &life{}
	l.as(1, 2, 50)
	l.add(coaStay, 0, 10, text("AZC-000001"))
	l.set(60, 3, date(58))
	l.set(20, 2, date(9))
	l.set(30, 0, text("AZC-000002"))
	type seen struct {
		place      string
		start, end int64
		b          uint64
	}
	h := l.hold(&l.records[0])
	for _, c := range []struct {
		day  calendar.Day
		news bool
		want seen
	}{
		{10, false, seen{"AZC-000001", 0, 0, 0}},
		{20, true, seen{"AZC-000001", 9, 0, 0}},
		{49, true, seen{"AZC-000002", 9, 0, 0}},
		{50, true, seen{"AZC-000002", 9, 0, 2}},
		{59, false, seen{"AZC-000002", 9, 0, 2}},
		{60, true, seen{"AZC-000002", 9, 58, 2}},
	} {
		news := h.until(c.day)
		got := seen{h.fields[0].s, h.fields[2].n, h.fields[3].n, h.b}
		if got != c.want || news != c.news || h.v != 1 {
			t.Errorf("day %d: %+v, news %t, v %d; want %+v, news %t, v 1", c.day, got, news, h.v, c.want, c.news)
		}
	}
}

// tellingDays are how long after a day each supplier may take to tell of it (the longest draw of its code), and the field that holds the day.
var tellingDays = map[recordKind]struct {
	field int
	days  calendar.Day
}{
	coaStay:               {3, 10},
	coaParticipation:      {2, 30},
	municipalityResidence: {2, 45},
	municipalityBijstand:  {3, 240 + 100}, // granted late, ended in retrospect
	municipalityProvision: {4, 40},
	uwvWorkPermit:         {1, 10},
	idwValuation:          {1, 20},
	duoMbo:                {3, 60},
}

// TestNothingHoldsUpWhatIsKnown lives through a population and holds its suppliers to telling of every end and decision within their delay, whether they
// know both pseudonyms or not. A link that came late, or never, once kept the ends of stays, permits and participations from being delivered.
func TestNothingHoldsUpWhatIsKnown(t *testing.T) {
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), 3000)
	if err != nil {
		t.Fatal(err)
	}
	checked, unlinked := map[recordKind]int{}, 0
	k := newMaker(m)
	for n := range 3000 {
		k.person.Live(n)
		k.tell()
		for i := range k.life.records {
			r := &k.life.records[i]
			rule, known := tellingDays[r.kind]
			if !known {
				continue
			}
			last := k.life.hold(r)
			last.until(never)
			told := calendar.Day(last.fields[rule.field].n)
			if told == 0 || last.gone {
				continue
			}
			then := k.life.hold(r)
			then.until(max(r.known, told+rule.days))
			if calendar.Day(then.fields[rule.field].n) != told {
				t.Errorf("person %d: %s does not tell within %d days of %s", n, columns[r.kind].record, rule.days, told.ISO())
			}
			checked[r.kind]++
			if then.v == 0 || then.b == 0 {
				unlinked++
			}
		}
	}
	for kind := range tellingDays {
		if checked[kind] < 10 {
			t.Errorf("%d records of %s were checked", checked[kind], columns[kind].record)
		}
	}
	if unlinked < 1000 {
		t.Errorf("%d records without both pseudonyms were checked", unlinked)
	}
}

// TestSettledPeopleHaveLeftTheAzc: COA's extracts say so of everybody who settled some time before.
func TestSettledPeopleHaveLeftTheAzc(t *testing.T) {
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), 3000)
	if err != nil {
		t.Fatal(err)
	}
	k := newMaker(m)
	drawn := m.plan.coa[0].drawn
	people := 0
	for n := range 3000 {
		p := k.person
		p.Live(n)
		if p.Arrived == 0 || p.Settled == 0 || p.Settled > drawn-60 {
			continue
		}
		people++
		k.tell()
		for i := range k.life.records {
			r := &k.life.records[i]
			if r.kind != coaStay {
				continue
			}
			h := k.life.hold(r)
			h.until(drawn)
			if h.fields[3].kind == absent {
				t.Fatalf("person %d settled on %s and is still in an azc by what COA delivers on %s", n, p.Settled.ISO(), drawn.ISO())
			}
		}
	}
	if people < 500 {
		t.Fatalf("%d people had settled", people)
	}
}
