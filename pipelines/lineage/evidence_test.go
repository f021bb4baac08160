package lineage

import (
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// TestSupports: a record supports a month by what both say, never by what both lack.
func TestSupports(t *testing.T) {
	for name, c := range map[string]struct {
		m, of route.MonthRow
		want  bool
	}{
		"nothing":               {route.MonthRow{}, route.MonthRow{}, false},
		"works, and so":         {route.MonthRow{Working: true}, route.MonthRow{Working: true}, true},
		"works, but not so":     {route.MonthRow{Working: true}, route.MonthRow{Bijstand: true}, false},
		"bijstand":              {route.MonthRow{Bijstand: true}, route.MonthRow{Bijstand: true, Working: true}, true},
		"azc":                   {route.MonthRow{InAZC: true}, route.MonthRow{InAZC: true}, true},
		"bbl":                   {route.MonthRow{BBL: true}, route.MonthRow{BBL: true}, true},
		"startbaan":             {route.MonthRow{Startbaan: true}, route.MonthRow{Startbaan: true}, true},
		"leerroute":             {route.MonthRow{Leerroute: "B1"}, route.MonthRow{Leerroute: "B1"}, true},
		"another leerroute":     {route.MonthRow{Leerroute: "B1"}, route.MonthRow{Leerroute: "Z"}, false},
		"no leerroute":          {route.MonthRow{Leerroute: ""}, route.MonthRow{Leerroute: ""}, false},
		"municipality":          {route.MonthRow{MunicipalityCode: "0363"}, route.MonthRow{MunicipalityCode: "0363"}, true},
		"another municipality":  {route.MonthRow{MunicipalityCode: "0363"}, route.MonthRow{MunicipalityCode: "0599"}, false},
		"left":                  {route.MonthRow{Stage: route.StageLeft}, route.MonthRow{Stage: route.StageLeft}, true},
		"another stage in both": {route.MonthRow{Stage: route.StageWork}, route.MonthRow{Stage: route.StageWork}, false},
	} {
		if got := supports(&c.m, &c.of); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestDays: both ends of a stay, a spell and a provision count, and what has no end goes on.
func TestDays(t *testing.T) {
	from, to := day("2024-03-10"), day("2024-03-20")
	works := &evidence{Version: row(t, "uwv_employment a 1.0.1"), says: route.Facts{WorkSpells: []route.WorkSpellRow{{Start: from, End: to}}}}
	p := &route.Person{
		Stays:      []route.Stay{{Start: from, End: to}, {Start: from}},
		Provisions: []route.Provision{{Start: from, End: to, HoursPerWeek: 800}, {Start: from, HoursPerWeek: 800}, {Start: from, End: to}},
	}
	stays := func(n int) *evidence { return &evidence{Version: row(t, "coa_stay a 1.0.1"), n: n} }
	provision := func(n int) *evidence { return &evidence{Version: row(t, "municipality_provision a 1.0.1"), n: n} }
	for _, c := range []struct {
		day                                                   string
		covers, stay, open, provision, openProvision, noHours bool
	}{
		{"2024-03-09", false, false, false, false, false, false},
		{"2024-03-10", true, true, true, true, true, false},
		{"2024-03-20", true, true, true, true, true, false},
		{"2024-03-21", false, false, true, false, true, false},
	} {
		d := day(c.day)
		got := [6]bool{covers(works, d), stays(0).stayCovers(p, d), stays(1).stayCovers(p, d), provision(0).provides(p, d, d), provision(1).provides(p, d, d), provision(2).provides(p, d, d)}
		if want := [6]bool{c.covers, c.stay, c.open, c.provision, c.openProvision, c.noHours}; got != want {
			t.Errorf("%s: %v, want %v", c.day, got, want)
		}
	}
	for name, c := range map[string]struct {
		start, end schemas.Date
		want       bool
	}{"the same days": {from, to, true}, "begins earlier": {from + 1, to, false}, "ends later": {from, to - 1, false}, "within": {from - 1, to + 1, true}} {
		if got := lies(works, c.start, c.end); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if covers(stays(0), from) || lies(stays(0), from, to) {
		t.Error("a record without work covers a day of work")
	}
}

// TestWorked: the wages of the n reference days from a day on, those of the month before and after them not.
func TestWorked(t *testing.T) {
	of := func(id, month string) *evidence {
		return &evidence{Version: row(t, "uwv_employment "+id+" 1.0.1"), months: map[schemas.Date]*route.MonthRow{
			day(month): {Month: day(month), Working: true}, day("2024-12-01"): {Month: day("2024-12-01")}}}
	}
	all := []*evidence{of("dec", "2023-12-01"), of("jan", "2024-01-01"), of("jun", "2024-06-01"), of("jul", "2024-07-01")}
	var got string
	for _, v := range worked(day("2024-01-31"), 6, all) {
		got += v.ID + " "
	}
	if got != "jan jun " {
		t.Errorf("six reference days from January on are those of %s, want jan jun", got)
	}
}

func TestStatusText(t *testing.T) {
	m := &route.MonthRow{Stage: route.StageWorkAndBijstand, Working: true, Bijstand: true, Contract: route.Temporary, MunicipalityCode: "0363", Leerroute: "Z", Dual: true, K: 12, HoursWeek: 3200}
	want := "work_and_bijstand, working temporary, bijstand, dual, leerroute Z, municipality 0363"
	if got := statusText(m); got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := statusText(&route.MonthRow{Stage: route.StageUnknown}); got != "unknown" {
		t.Errorf("%q, want unknown", got)
	}
}
