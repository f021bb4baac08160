package synth

import (
	"testing"

	"doorstroom/connectors/synth/calendar"
)

// TestPartnersShareABenefit: the municipality tells the same days of both, one as applicant and one as partner.
func TestPartnersShareABenefit(t *testing.T) {
	const persons = 20_000
	m, err := newWorld(1, calendar.DayOf(2026, 6, 30), persons)
	if err != nil {
		t.Fatal(err)
	}
	type benefit struct {
		town, form, role string
		from, to         int64
	}
	k := newMaker(m)
	benefits := func(n int) []benefit {
		k.person.Live(n)
		k.tell()
		var list []benefit
		for i := range k.life.records {
			r := &k.life.records[i]
			h := k.life.hold(r)
			if h.until(never); r.kind == municipalityBijstand && h.fields[1].s == "PW" {
				list = append(list, benefit{h.fields[0].s, h.fields[5].s, h.fields[8].s, h.fields[2].n, h.fields[3].n})
			}
		}
		return list
	}
	couples, shared := 0, 0
	taken := map[int]bool{}
	for n := range persons {
		k.person.Live(n)
		if k.person.Husband == nil {
			continue
		}
		couples++
		hers, settled, him := benefits(n), k.person.Settled, k.person.Husband.N
		if taken[him] {
			t.Fatal("a man has two wives")
		}
		taken[him] = true
		his := map[benefit]bool{}
		for _, b := range benefits(him) {
			if b.form != "gehuwd_samenwonend" || b.role != "aanvrager" {
				t.Fatalf("the husband is on bijstand as %s, %s", b.form, b.role)
			}
			his[b] = true
		}
		for _, b := range hers {
			if b.form != "gehuwd_samenwonend" || b.role != "partner" {
				t.Fatalf("the wife is on bijstand as %s, %s", b.form, b.role)
			}
			b.role = "aanvrager"
			if calendar.Day(b.from) == settled { // joined when she came
				continue
			}
			if !his[b] {
				t.Fatalf("a benefit of person %d is none of her husband's", n)
			}
			shared++
		}
	}
	if couples < 200 || shared < 50 {
		t.Errorf("%d couples, %d benefits shared from their first day", couples, shared)
	}
}
