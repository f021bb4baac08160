package route_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/reference"
	"doorstroom/pipelines/route/speccase"
)

// alterations make, per field of a set, another choice. The first of each is enough to change some fact of the cases.
var alterations = map[string][]func(*definition.Set){
	"Version":          nil,
	"PaidWork":         {func(d *definition.Set) { d.PaidWork = "15 43" }, func(d *definition.Set) { d.PaidWork = "" }},
	"HoursOver":        {func(d *definition.Set) { d.HoursOver = definition.PeriodDays }, func(d *definition.Set) { d.HoursOver = definition.IntervalDays }},
	"WorkGap":          {func(d *definition.Set) { d.WorkGap = 45 }, func(d *definition.Set) { d.WorkGap = 0 }},
	"ContractGoesOn":   {func(d *definition.Set) { d.ContractGoesOn = "30" }, func(d *definition.Set) { d.ContractGoesOn = "30 90" }},
	"AgencyWork":       {func(d *definition.Set) { d.AgencyWork = "01" }},
	"PayrollWork":      {func(d *definition.Set) { d.PayrollWork = "" }},
	"BBLWork":          {func(d *definition.Set) { d.BBLWork = "07" }},
	"FirstJobHours":    {func(d *definition.Set) { d.FirstJobHours = 14_00 }, func(d *definition.Set) { d.FirstJobHours = 23_17 }},
	"SowisMonths":      {func(d *definition.Set) { d.SowisMonths = 6 }},
	"SowisHours":       {func(d *definition.Set) { d.SowisHours = 12_00 }, func(d *definition.Set) { d.SowisHours = 24_00 }},
	"Regulations":      {func(d *definition.Set) { d.Regulations = "PW BBZ" }, func(d *definition.Set) { d.Regulations = "BBZ" }},
	"BijstandGap":      {func(d *definition.Set) { d.BijstandGap = 45 }, func(d *definition.Set) { d.BijstandGap = 0 }},
	"FromAZC":          {func(d *definition.Set) { d.FromAZC = "01" }},
	"Sustained":        {func(d *definition.Set) { d.Sustained = [3]int{2, 5, 11} }, func(d *definition.Set) { d.Sustained = [3]int{7, 13, 19} }},
	"Outcomes":         {func(d *definition.Set) { d.Outcomes = [3]int{1, 3, 5} }, func(d *definition.Set) { d.Outcomes = [3]int{5, 11, 17} }},
	"AsylumTitles":     {func(d *definition.Set) { d.AsylumTitles = "26" }},
	"ProtectionTitles": {func(d *definition.Set) { d.ProtectionTitles = "TB 98" }},
	"MoreFacts":        {func(d *definition.Set) { d.MoreFacts = false }},
	"Conversions":      {func(d *definition.Set) { d.Conversions = [2]int{2, 5} }, func(d *definition.Set) { d.Conversions = [2]int{1, 1} }},
	"ProcedureTitles":  {func(d *definition.Set) { d.ProcedureTitles = "" }},
}

// TestEveryDefinitionCounts alters one field of a set at a time: some fact of
// the cases must come out otherwise, and the reference must say the same.
func TestEveryDefinitionCounts(t *testing.T) {
	files := specFiles(t)
	set := reflect.TypeFor[definition.Set]()
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
			altered := definition.Published().Newest()
			altered.Version = "altered"
			choices[0](&altered)
			if n := changedCases(t, files, altered); n == 0 {
				t.Errorf("no fact of any case depends on %s", name)
			}
		})
	}
}

// changedCases counts the cases of which facts are other ones under definitions than under the newest published ones.
func changedCases(t *testing.T, files []*speccase.File, altered definition.Set) (n int) {
	t.Helper()
	for _, file := range files {
		for i := range file.Cases {
			c := &file.Cases[i]
			usual, _ := c.Under(definition.Published().Newest())
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
	for what, alter := range map[string]func(*definition.Set){
		"they have no version":       func(d *definition.Set) { *d = definition.Set{} },
		"not a code of two digits":   func(d *definition.Set) { d.PaidWork = "11 1" },
		"or makes two contracts":     func(d *definition.Set) { d.PayrollWork = "82 11" },
		"a title is of two kinds":    func(d *definition.Set) { d.ProcedureTitles = "TB" },
		"over no days that a wage":   func(d *definition.Set) { d.HoursOver = "" },
		"a gap is below zero":        func(d *definition.Set) { d.BijstandGap = -1 },
		"longer time is not the sec": func(d *definition.Set) { d.Conversions = [2]int{24, 12} },
		"outcome of less than a mon": func(d *definition.Set) { d.Outcomes[1] = 0 },
	} {
		var b route.Builder
		var facts route.Facts
		ed := route.Edition{Definitions: definition.Published().Newest(), CutOff: 100, Region: func(string) string { return "" }}
		if err := b.Build(&route.Person{}, &ed, &facts); err != nil {
			t.Fatal(err)
		}
		alter(&ed.Definitions)
		if err := b.Build(&route.Person{}, &ed, &facts); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: Build gave %v", what, err)
		}
	}
}
