package population

import (
	"doorstroom/connectors/synth/calendar"
)

// Nationality groups of the model, in the order of the published tables.
const (
	Syria = iota
	Eritrea
	Afghanistan
	Iraq
	Iran
	Turkey
	Other
	Ukraine
	Nationalities
)

// nationalityCode is the BRP code of each group; "other" is drawn from otherNationalities.
var nationalityCode = [Nationalities]string{"0336", "0084", "0300", "0314", "0315", "0339", "", "0034"}

// otherNationalities: Somali, Yemeni, stateless, Sudanese, Ethiopian, Pakistani, unknown. Shares are an assumption; no figure is published per year.
var otherNationalities = []Weighted{{"0149", 24}, {"0058", 20}, {"0499", 24}, {"0148", 10}, {"0114", 8}, {"0331", 6}, {"0000", 8}}

// Weighted is a code with its weight in a draw.
type Weighted struct {
	Code   string
	Weight float64
}

// cohortSize gives first asylum permits per year and nationality, persons.
//
// Sources: 2016-2021 and the first half of 2022: "verleende asielvergunningen" by nationality in reference/published_figures.csv (CBS 2023/15).
// 2014 and 2015: the rounded totals of 20,000 and 33,000 of the same file (CBS longread 2022), the mix is an assumption.
// 2022 as a whole and later: no figure in the file, assumed (first half of 2022 carried on; more Syrians from 2023).
var cohortSize = []struct {
	year int
	size [Other + 1]float64
}{
	{2014, [...]float64{10300, 5400, 500, 800, 600, 30, 2370}},
	{2015, [...]float64{19500, 7800, 600, 1100, 700, 30, 3270}},
	{2016, [...]float64{26205, 5065, 750, 1330, 585, 20, 2730}},
	{2017, [...]float64{16980, 4980, 940, 1310, 1020, 375, 3050}},
	{2018, [...]float64{6685, 4135, 725, 525, 605, 425, 3060}},
	{2019, [...]float64{6560, 3605, 475, 350, 560, 1075, 2865}},
	{2020, [...]float64{8000, 2755, 475, 480, 585, 1830, 3410}},
	{2021, [...]float64{12450, 2195, 3115, 620, 1795, 2065, 5325}},
	{2022, [...]float64{13000, 1300, 1900, 450, 600, 2900, 10250}},
	{2023, [...]float64{18300, 1700, 2000, 550, 850, 3300, 8700}},
	{2024, [...]float64{24000, 1900, 1700, 700, 900, 2900, 7900}},
	{2025, [...]float64{22000, 2300, 1500, 700, 900, 2400, 8200}},
	{2026, [...]float64{12000, 2900, 1400, 700, 900, 2400, 8700}},
}

// firstHalf2022 gives the permits of the first half of 2022 (CBS 2023/15), which were many.
var firstHalf2022 = [Other + 1]float64{8420, 820, 1355, 290, 380, 1905, 6900}

// displacedArrivals gives displaced Ukrainians who came per year, persons. Assumption in the size of the registered population (about 120,000);
// the published figures give shares only.
var displacedArrivals = []struct {
	year int
	size float64
}{{2022, 82000}, {2023, 28000}, {2024, 16000}, {2025, 12000}, {2026, 10000}}

// inProcedureStock is the number of asylum seekers without a permit at any moment of the last two years (in_procedure), and refusedPerYear the number
// of those whose procedure ended without one. Assumptions.
const (
	inProcedureStock = 40000
	refusedPerYear   = 4000
)

// targetMonths are the months since the permit of workTarget.
var targetMonths = [...]int{0, 3, 6, 12, 18, 24, 30, 36, 48, 60, 78, 90, 108, 160}

// workTarget is the share (%) of permit holders of 18-64 with paid work, cohort 2014, by nationality and months since the permit.
//
// Sources: 3-30 months per nationality CBS 2018/16; Eritrea at 90 months 61.6 % (NRC 2023) and Iraq 33 % (nu.nl 2023). The other values after 30 months
// are chosen so that the total, with the mix of cohortSize, is 19 % at 36, 42 % at 60, 43 % in mid 2020 and 45 % in mid 2022. Turkey has no
// published curve; it lies between Iran and Afghanistan.
//
// The published totals (1.4, 4, 6, 11 % at 12, 18, 24, 30 months) come from other publications than the nationalities; with any plausible mix the
// nationalities add up to 2.4, 3.8, 6.4 and 10.4 %. Nationalities are kept, so totals stay within a point.
var workTarget = [Other + 1][len(targetMonths)]float64{
	Syria:       {0.1, 0.3, 0.5, 1.5, 3.0, 5.7, 10.5, 19.5, 31, 39.5, 39, 38.5, 41, 45},
	Eritrea:     {0.1, 0.2, 0.2, 0.9, 0.9, 2.7, 5.8, 16.5, 37, 51, 56, 61.6, 63, 65},
	Afghanistan: {2, 5.2, 9.8, 16.3, 19.4, 25.8, 29.7, 35, 42, 46, 47, 48, 50, 52},
	Iraq:        {1.5, 3.5, 4.4, 5.4, 5.8, 10.4, 14, 19, 27, 33, 33, 33, 34, 36},
	Iran:        {0.5, 1.5, 1.7, 2.9, 5.5, 7.4, 12.3, 19, 32, 40, 42, 45, 47, 50},
	Turkey:      {1, 2, 3, 5, 8, 13, 20, 27, 38, 45, 47, 48, 50, 52},
	Other:       {1, 3, 4.1, 5.7, 7.2, 10.5, 15, 20, 30, 36, 37, 37.5, 40, 44},
}

// cohortShift moves workTarget (in log odds) for later cohorts: early at the permit, late after about two years; the lead shrinks after three years.
//
// Fitted to: 2016 27 % at 36 months, 2017 12 % at 24, 2019 20 % at 30, 2020 31 % at 36, 2021 7.8 % at 12 months, and for 2022 and 2023 a job while in the
// azc after the permit for 21 % (CBS SWI 2023). 2015, 2018 and the years after 2023 are interpolated or carried on.
var cohortShift = map[int]struct{ early, late float64 }{
	2014: {0, 0},
	2015: {0.2, 0.2},
	2016: {0.425, 0.425},
	2017: {0.68, 0.68},
	2018: {0.60, 0.60},
	2019: {0.69, 0.69},
	2020: {0.565, 0.565},
	2021: {0.64, 0.64},
	2022: {3.34, 0.75},
	2023: {3.34, 0.75},
	2024: {3.34, 0.75},
	2025: {3.34, 0.75},
	2026: {3.34, 0.75},
}

// benefitTarget is the share of settled adults without (enough) work who live on bijstand, by months since the permit.
//
// Fitted to: main income from benefits 85 % at 12 months and 84 % at 30 months (cohort 2014), 57 % of all permit holders in 2022/23, of whom 40-50 % for
// four years or longer (kst-32824-381). The 25 % at nine years comes from a secondary source marked "check" and is not aimed at.
var benefitTarget = []point{{0, 0.87}, {12, 0.91}, {18, 0.955}, {30, 0.955}, {60, 0.985}, {78, 0.985}, {90, 0.985}, {102, 0.97}, {114, 0.92}, {160, 0.65}}

// laterBenefit is benefitTarget of the cohorts from laterBenefitFrom on, relative to those before. Fitted to 40-50 % of those on bijstand in 2022/23 for
// four years or longer: with the same share at every stage, too many of them would be newcomers.
const (
	laterBenefitFrom = 2019
	laterBenefit     = 0.925
)

// displacedTarget is the share of displaced Ukrainians of 15-64 who work as employees, by calendar month: CBS 2022-11, 2023-09, 2024-02, 2025-02.
var displacedTarget = []point{
	{float64(calendar.MonthOf(2022, 3)), 0.04},
	{float64(calendar.MonthOf(2022, 6)), 0.41},
	{float64(calendar.MonthOf(2022, 10)), 0.44},
	{float64(calendar.MonthOf(2023, 4)), 0.50},
	{float64(calendar.MonthOf(2023, 10)), 0.55},
	{float64(calendar.MonthOf(2024, 10)), 0.59},
	{float64(calendar.MonthOf(2026, 12)), 0.62},
}

// point is a knot of a piecewise linear curve.
type point struct{ x, y float64 }

// at reads a piecewise linear curve, flat outside its knots.
func at(curve []point, x float64) float64 {
	if x <= curve[0].x {
		return curve[0].y
	}
	for i := 1; i < len(curve); i++ {
		if x <= curve[i].x {
			a, b := curve[i-1], curve[i]
			return a.y + (b.y-a.y)*(x-a.x)/(b.x-a.x)
		}
	}
	return curve[len(curve)-1].y
}
