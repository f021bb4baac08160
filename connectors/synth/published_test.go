package synth

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/connectors/synth/population"
)

//go:embed reference/published_figures.csv
var publishedFigures string

// published finds one value of the published figures.
func published(t *testing.T, metric, cohort, moment, group string) float64 {
	t.Helper()
	for _, r := range figureRows(t) {
		if r[0] == metric && r[2] == cohort && r[3] == moment && r[4] == group {
			v, err := strconv.ParseFloat(r[5], 64)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
	}
	t.Fatalf("no published figure %s, %s, %s, %s", metric, cohort, moment, group)
	return 0
}

func figureRows(t *testing.T) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(publishedFigures)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// calibrationPersons is enough for a standard error of about 1.5 points in cohort 2014.
const calibrationPersons = 40_000

// TestCalibration lives through a small population and lays it beside the published figures. What a figure may differ is the tolerance that the model aims
// at (points) plus two and a half standard errors of a share in a group of that size.
func TestCalibration(t *testing.T) {
	f := measure(t, calibrationPersons, 1)
	compare := func(name string, want, tolerance float64) {
		t.Helper()
		got := f[name]
		if got == nil || got.all == 0 {
			t.Errorf("%s: nobody to count", name)
			return
		}
		share := math.Min(math.Max(want/100, 0.01), 0.99)
		allowed := tolerance + 250*math.Sqrt(share*(1-share)/got.all)
		t.Logf("%-36s %5.1f, published %5.1f (may differ %.1f, n = %.0f)", name, got.percent(), want, allowed, got.all)
		if math.Abs(got.percent()-want) > allowed {
			t.Errorf("%s: %.1f %%, published %.1f, may differ %.1f", name, got.percent(), want, allowed)
		}
	}
	after := regexp.MustCompile(`^(\d+) mnd na vergunning$`)
	for _, r := range figureRows(t) {
		k := after.FindStringSubmatch(r[3])
		if r[0] != "werkend" || k == nil {
			continue
		}
		want, err := strconv.ParseFloat(r[5], 64)
		if err != nil {
			t.Fatal(err)
		}
		if r[4] == "totaal" {
			compare(fmt.Sprintf("work %s k%s", r[2], k[1]), want, 2)
		} else if name, known := nations[r[4]]; known {
			// Groups of this size are fitted: two people may differ, by a month on call without hours or a correction.
			name = fmt.Sprintf("work %s %s k%s", r[2], name, k[1])
			if got := f[name]; math.Abs(got.percent()-want) > 0.5+200/got.all {
				t.Errorf("%s: %.1f %% of %.0f, published %.1f", name, got.percent(), got.all, want)
			}
		}
	}
	compare("work 2014 mid 2022", published(t, "werkend", "2014", "medio 2022", "totaal"), 2)
	sector := func(name, cohort, moment, group string) {
		compare(name, published(t, "sector van werkenden", cohort, moment, group), 3)
	}
	sector("sector 2014 k30 hospitality", "2014", "30 mnd", "horeca")
	sector("sector 2014 k30 agency", "2014", "30 mnd", "uitzendbranche")
	sector("sector 2022-06 agency", "2014-2022", "medio 2022", "uitzendbranche")
	sector("sector 2022-06 trade", "2014-2022", "medio 2022", "handel")
	sector("sector 2022-06 hospitality", "2014-2022", "medio 2022", "horeca")
	compare("sector 2022-06 eritrea agency", 39, 3) // the same group name stands for two populations in the file
	for name, group := range map[string]string{"agency": "uitzendkracht", "on_call": "oproepkracht", "temporary": "ander tijdelijk", "permanent": "vast contract"} {
		compare("displaced "+name, published(t, "dienstverband", "n.v.t.", "1-11-2024", group), 3)
	}
	compare("displaced 35+", published(t, "arbeidsduur", "n.v.t.", "1-11-2024", "35+ uur"), 3)
	for month, moment := range map[string]string{"2022-06": "1-7-2022", "2022-10": "1-11-2022", "2023-04": "1-5-2023", "2023-10": "1-11-2023", "2024-10": "1-11-2024"} {
		compare("displaced "+month, published(t, "werknemer", "n.v.t.", moment, "totaal"), 3)
	}
	compare("bijstand 2022-12", published(t, "bijstandsafhankelijkheid", "alle", "2022/23", "totaal"), 3)
	compare("bijstand 4 years", 40, 3) // published as 40-50 %
	compare("exit 6", published(t, "baan in loondienst zonder bijstand", "2021", "6 mnd", "totaal"), 3)
	compare("exit 18", published(t, "baan in loondienst zonder bijstand", "2021", "18 mnd", "totaal"), 3)
	compare("azc before", published(t, "baan tijdens COA, voor kennisgeving", "2022+2023", "t/m eind 2023", "totaal"), 2)
	compare("azc after", published(t, "baan tijdens COA, na kennisgeving", "2022+2023", "t/m eind 2023", "totaal"), 3)
	compare("azc after men", published(t, "baan tijdens COA, na kennisgeving", "2022+2023", "t/m eind 2023", "man"), 3)
	compare("azc after women", published(t, "baan tijdens COA, na kennisgeving", "2022+2023", "t/m eind 2023", "vrouw"), 3)
	exam := func(name, moment string) {
		compare(name, published(t, "inburgeringsexamen gehaald", "2014", moment, "totaal"), 3)
	}
	exam("exam 2016-10", "1-10-2016")
	exam("exam 2018-10", "1-10-2018")
	compare("exam 2021-12", published(t, "inburgeringsexamen gehaald", "2014-2021", "31-12-2021", "totaal"), 3)
	compare("intake 2022 by 2022", published(t, "brede intake gestart", "2022", "eind 2022", "totaal"), 4)
	compare("intake 2022 by 2023", published(t, "brede intake gestart", "2022", "eind 2023", "totaal"), 4)
	compare("intake 2023 by 2023", published(t, "brede intake gestart", "2023", "eind 2023", "totaal"), 4)
	compare("no pip 2022 by 2022", published(t, "nog geen PIP", "2022", "eind 2022", "totaal"), 3)
	compare("waited 3 months 2022", published(t, "wachttijd op vestiging >=3 mnd", "2022", "eind 2022", "totaal"), 4)
}

// nations are the groups of the published figures that the test counts; the file's curve of cohort 2014 has no Turks.
var nations = map[string]string{"Syrië": "Syrie", "Eritrea": "Eritrea", "Afghanistan": "Afghanistan", "Irak": "Irak", "Iran": "Iran", "Overig": "overig"}

// Cohorts have the published sizes relative to each other: 2016 has 36,685 and 2019 has 15,490 permits.
func TestCohortsHaveTheirSize(t *testing.T) {
	m := population.NewModel(5, calendar.DayOf(2026, 6, 30), calibrationPersons)
	permits := map[int]int{}
	p := population.NewPerson(m)
	for n := range calibrationPersons {
		p.Live(n)
		if c := p.Group; c.Kind == population.PermitHolder {
			permits[c.Year]++
		}
	}
	got := float64(permits[2016]) / float64(permits[2019])
	if want := 36685.0 / 15490; math.Abs(got-want) > 0.05*want {
		t.Errorf("cohort 2016 is %.2f times cohort 2019, published %.2f", got, want)
	}
}

// Permits of 2022 have the published nationalities in the first half of the year, relative to the permits of 2021.
func TestFirstHalfOf2022(t *testing.T) {
	m := population.NewModel(1, calendar.DayOf(2026, 6, 30), calibrationPersons)
	var first [population.Other + 1]float64
	year, published2021 := 0.0, 0.0
	p := population.NewPerson(m)
	for n := range calibrationPersons {
		p.Live(n)
		switch c := p.Group; {
		case c.Kind != population.PermitHolder:
		case c.Year == 2021:
			year++
		case c.Year == 2022:
			if p.Permit < calendar.DayOf(2022, 7, 1) {
				first[c.Nation]++
			}
		}
	}
	names := [population.Other + 1]string{"Syrië", "Eritrea", "Afghanistan", "Irak", "Iran", "Turkije", "Overig/onbekend"}
	for _, name := range names {
		published2021 += published(t, "verleende asielvergunningen", "2021", "jaar", name)
	}
	for nation, name := range names {
		want := published(t, "verleende asielvergunningen", "2022H1", "jaar", name) / published2021 * year
		if math.Abs(first[nation]-want) > 3 {
			t.Errorf("%s: %.0f permits in the first half of 2022, want %.1f", name, first[nation], want)
		}
	}
}
