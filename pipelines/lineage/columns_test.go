package lineage

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

// TestEveryColumnOfPersonIsTold: what the table person has besides the names of the row and how it was linked.
func TestEveryColumnOfPersonIsTold(t *testing.T) {
	var have, want []string
	for _, c := range personColumns {
		have = append(have, c.name)
	}
	for _, table := range schemas.FactTables {
		for _, c := range table.Columns {
			if table.Name == "person" && !slices.Contains([]string{"edition", "person_id", "linkage"}, c.Name) {
				want = append(want, c.Name)
			}
		}
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("told are %v, and the table has %v", have, want)
	}
}

// TestDescribed names the records that say by themselves what the row says, and none for what no record says.
func TestDescribed(t *testing.T) {
	says := func(text string, p route.PersonRow) *evidence {
		return &evidence{Version: row(t, text), says: route.Facts{Person: p}}
	}
	all := []*evidence{
		says("coa_permit a 1.0.1", route.PersonRow{Sex: "V", BirthYear: 1990, Population: "other"}),
		says("coa_permit b 1.0.2", route.PersonRow{Sex: "V", BirthYear: 1991, Population: "other", GoodProspects: true}),
	}
	f := &route.Facts{Person: route.PersonRow{Sex: "V", BirthYear: 1990, Population: "other", GoodProspects: true}}
	var got []string
	for _, e := range described(f, all) {
		var places []string
		for _, v := range e.rows {
			places = append(places, v.ID)
		}
		got = append(got, e.fact+" "+e.text+" by "+strings.Join(places, ","))
	}
	want := []string{"population other by ", "sex V by a,b", "birth_year 1990 by a", "good_prospects true by b"}
	if !slices.Equal(got, want) {
		t.Errorf("described are\n%q, want\n%q", got, want)
	}
}

// TestTold: a day before 1970 is told as facts keep it, the first one.
func TestTold(t *testing.T) {
	p := route.PersonRow{PermitStart: day("1969-12-31"), AppliedOn: day("1970-01-02"), BirthYear: 1950}
	cells := strings.Split(told(&p), "|")
	for name, want := range map[string]string{"permit_start": "1970-01-01", "applied_on": "1970-01-02", "birth_year": "1950", "cohort": "", "arrived_on": "", "good_prospects": ""} {
		n := slices.IndexFunc(personColumns, func(c struct {
			name string
			of   func(*route.PersonRow) string
		}) bool {
			return c.name == name
		})
		if cells[n] != want {
			t.Errorf("%s is told as %q, want %q", name, cells[n], want)
		}
	}
}

// TestStoredFactsMustBeThoseMade: the order does not matter, any other difference does.
func TestStoredFactsMustBeThoseMade(t *testing.T) {
	made := &route.Facts{
		Person:     route.PersonRow{Linkage: "both"},
		WorkSpells: []route.WorkSpellRow{{Start: day("2024-01-01"), End: day("2024-02-29")}},
		Jobs:       []route.JobRow{{Start: day("2024-01-01"), End: day("2024-02-29")}},
		Months:     []route.MonthRow{{Month: day("2024-01-01"), Stage: route.StageWork, HoursWeek: 3250}},
	}
	person := "person both " + strings.Repeat("|", len(personColumns)-1)
	good := []string{"job 2024-01-01 2024-02-29", "month work 2024-01-01 3250", person, "work_spell 2024-01-01 2024-02-29"}
	if !stored(good).same(made) {
		t.Error("the same facts are taken for others")
	}
	for name, change := range map[string]func([]string) []string{
		"a month more":      func(s []string) []string { return append(s, "month work 2024-02-01 3250") },
		"one hundredth":     func(s []string) []string { s[1] = "month work 2024-01-01 3251"; return s },
		"another stage":     func(s []string) []string { s[1] = "month bijstand 2024-01-01 3250"; return s },
		"another linkage":   func(s []string) []string { s[2] = strings.Replace(s[2], "both", "v_only", 1); return s },
		"no spell":          func(s []string) []string { return s[:3] },
		"a job a day later": func(s []string) []string { s[0] = "job 2024-01-02 2024-02-29"; return s },
	} {
		if other := change(slices.Clone(good)); stored(other).same(made) {
			t.Errorf("%s: taken for the same facts", name)
		}
	}
}
