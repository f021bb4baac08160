package route_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/reference"
	"doorstroom/pipelines/route/speccase"
)

// TestPublishedSetsNeverChange holds every published set to the text that it
// states: a set that editions were made with may be followed by another, not changed.
func TestPublishedSetsNeverChange(t *testing.T) {
	want := route.Catalogue{
		// DOMAIN section 4, where it tells definitions 1, and contract 1.0 section 2.
		{Version: "1",
			PaidWork: "11 12 13 14 15 17", HoursOver: "period", WorkGap: 31, ContractGoesOn: "90", AgencyWork: "11", PayrollWork: "82", BBLWork: "83",
			FirstJobHours: 2000, SowisMonths: 12, SowisHours: 2000,
			Regulations: "PW", BijstandGap: 31, FromAZC: "43", Sustained: [3]int{6, 12, 18}, Outcomes: [3]int{6, 12, 18},
			AsylumTitles: "26 27", ProtectionTitles: "TB", ProcedureTitles: "32"},
		// DOMAIN section 4, "Definitions, version 2": weekly hours over the days of the work interval.
		{Version: "2",
			PaidWork: "11 12 13 14 15 17", HoursOver: "interval", WorkGap: 31, ContractGoesOn: "90", AgencyWork: "11", PayrollWork: "82", BBLWork: "83",
			FirstJobHours: 2000, SowisMonths: 12, SowisHours: 2000,
			Regulations: "PW", BijstandGap: 31, FromAZC: "43", Sustained: [3]int{6, 12, 18}, Outcomes: [3]int{6, 12, 18},
			AsylumTitles: "26 27", ProtectionTitles: "TB", ProcedureTitles: "32"},
	}
	got := route.Published()
	for i, set := range want {
		if i >= len(got) || got[i] != set {
			t.Errorf("definitions %s are not those that editions were made with", set.Version)
		}
	}
	if len(got) > len(want) {
		t.Errorf("definitions %s are not written down here", got.Newest().Version)
	}
	got[0].WorkGap = 1
	if route.Published()[0] != want[0] {
		t.Error("a user of the published sets changed them for all")
	}
}

func TestCatalogueFindsByVersion(t *testing.T) {
	c := append(route.Published(), route.Definitions{Version: "2019-draft"})
	if d, err := c.Version("2019-draft"); err != nil || d.Version != "2019-draft" || c.Newest() != d {
		t.Errorf("the last set is not found: %v", err)
	}
	for _, name := range []string{"", "3", "01"} {
		if _, err := c.Version(name); err == nil || !strings.Contains(err.Error(), "this program has 1, 2, 2019-draft") {
			t.Errorf("version %q gives %v", name, err)
		}
	}
}

// alterations make, per field of a set, another choice. The first of each is enough to change some fact of the cases.
var alterations = map[string][]func(*route.Definitions){
	"Version":          nil,
	"PaidWork":         {func(d *route.Definitions) { d.PaidWork = "15 43" }, func(d *route.Definitions) { d.PaidWork = "" }},
	"HoursOver":        {func(d *route.Definitions) { d.HoursOver = route.PeriodDays }, func(d *route.Definitions) { d.HoursOver = route.IntervalDays }},
	"WorkGap":          {func(d *route.Definitions) { d.WorkGap = 45 }, func(d *route.Definitions) { d.WorkGap = 0 }},
	"ContractGoesOn":   {func(d *route.Definitions) { d.ContractGoesOn = "30" }, func(d *route.Definitions) { d.ContractGoesOn = "30 90" }},
	"AgencyWork":       {func(d *route.Definitions) { d.AgencyWork = "01" }},
	"PayrollWork":      {func(d *route.Definitions) { d.PayrollWork = "" }},
	"BBLWork":          {func(d *route.Definitions) { d.BBLWork = "07" }},
	"FirstJobHours":    {func(d *route.Definitions) { d.FirstJobHours = 14_00 }, func(d *route.Definitions) { d.FirstJobHours = 23_17 }},
	"SowisMonths":      {func(d *route.Definitions) { d.SowisMonths = 6 }},
	"SowisHours":       {func(d *route.Definitions) { d.SowisHours = 12_00 }, func(d *route.Definitions) { d.SowisHours = 24_00 }},
	"Regulations":      {func(d *route.Definitions) { d.Regulations = "PW BBZ" }, func(d *route.Definitions) { d.Regulations = "BBZ" }},
	"BijstandGap":      {func(d *route.Definitions) { d.BijstandGap = 45 }, func(d *route.Definitions) { d.BijstandGap = 0 }},
	"FromAZC":          {func(d *route.Definitions) { d.FromAZC = "01" }},
	"Sustained":        {func(d *route.Definitions) { d.Sustained = [3]int{2, 5, 11} }, func(d *route.Definitions) { d.Sustained = [3]int{7, 13, 19} }},
	"Outcomes":         {func(d *route.Definitions) { d.Outcomes = [3]int{1, 3, 5} }, func(d *route.Definitions) { d.Outcomes = [3]int{5, 11, 17} }},
	"AsylumTitles":     {func(d *route.Definitions) { d.AsylumTitles = "26" }},
	"ProtectionTitles": {func(d *route.Definitions) { d.ProtectionTitles = "TB 98" }},
	"ProcedureTitles":  {func(d *route.Definitions) { d.ProcedureTitles = "" }},
}

// TestEveryDefinitionCounts alters one field of a set at a time: some fact of
// the cases must come out otherwise, and the reference must say the same.
func TestEveryDefinitionCounts(t *testing.T) {
	files := specFiles(t)
	set := reflect.TypeFor[route.Definitions]()
	for i := range set.NumField() {
		name := set.Field(i).Name
		choices, known := alterations[name]
		if !known {
			t.Errorf("no other choice is known of %s: add one to alterations", name)
		}
		if len(choices) == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			altered := route.Published().Newest()
			altered.Version = "altered"
			choices[0](&altered)
			if n := changedCases(t, files, altered); n == 0 {
				t.Errorf("no fact of any case depends on %s", name)
			}
		})
	}
}

// changedCases counts the cases of which facts are other ones under definitions than under the newest published ones.
func changedCases(t *testing.T, files []*speccase.File, altered route.Definitions) (n int) {
	t.Helper()
	for _, file := range files {
		for i := range file.Cases {
			c := &file.Cases[i]
			usual, _ := c.Under(route.Published().Newest())
			other, _ := c.Under(altered)
			facts := speccase.Tables(build(t, &c.Person, other.Route()))
			for _, d := range speccase.Compare(reference.Facts(&c.Person, other), facts) {
				t.Errorf("%s/%s: reference: %s", file.Title, c.Name, d)
			}
			if len(speccase.Compare(speccase.Tables(build(t, &c.Person, usual.Route())), facts)) > 0 {
				n++
			}
		}
	}
	return n
}

// TestRouteEqualsReferenceUnderOtherDefinitions draws definitions too, and takes
// them one after the other with one Builder: nothing of the set before is left.
func TestRouteEqualsReferenceUnderOtherDefinitions(t *testing.T) {
	var builder route.Builder
	rapid.Check(t, func(t *rapid.T) {
		p, ed := drawPerson(t)
		for _, name := range slices.Sorted(maps.Keys(alterations)) {
			if choices := alterations[name]; len(choices) > 0 && rapid.Bool().Draw(t, name) {
				rapid.SampledFrom(choices).Draw(t, "choice")(&ed.Definitions)
			}
		}
		equalsReference(t, &builder, p, ed)
	})
}

// TestBuildRefusesBrokenDefinitions: a set that cannot be meant is an error, never another set.
func TestBuildRefusesBrokenDefinitions(t *testing.T) {
	for what, alter := range map[string]func(*route.Definitions){
		"they have no version":       func(d *route.Definitions) { *d = route.Definitions{} },
		"not a code of two digits":   func(d *route.Definitions) { d.PaidWork = "11 1" },
		"or makes two contracts":     func(d *route.Definitions) { d.PayrollWork = "82 11" },
		"a title is of two kinds":    func(d *route.Definitions) { d.ProcedureTitles = "TB" },
		"over no days that a wage":   func(d *route.Definitions) { d.HoursOver = "" },
		"a gap is below zero":        func(d *route.Definitions) { d.BijstandGap = -1 },
		"outcome of less than a mon": func(d *route.Definitions) { d.Outcomes[1] = 0 },
	} {
		var b route.Builder
		var facts route.Facts
		ed := route.Edition{Definitions: route.Published().Newest(), CutOff: 100, Region: func(string) string { return "" }}
		if err := b.Build(&route.Person{}, &ed, &facts); err != nil {
			t.Fatal(err)
		}
		alter(&ed.Definitions)
		if err := b.Build(&route.Person{}, &ed, &facts); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: Build gave %v", what, err)
		}
	}
}
