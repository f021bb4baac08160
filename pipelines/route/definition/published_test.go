package definition_test

import (
	"testing"

	"doorstroom/pipelines/route/definition"
)

// TestPublishedSetsNeverChange holds every published set to the text that it
// states: a set that editions were made with may be followed by another, not changed.
func TestPublishedSetsNeverChange(t *testing.T) {
	want := definition.Catalogue{
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
		// docs/decisions/more-facts.md: definitions 2, and tables beside the contract's with 12 and 24 months.
		{Version: "3",
			PaidWork: "11 12 13 14 15 17", HoursOver: "interval", WorkGap: 31, ContractGoesOn: "90", AgencyWork: "11", PayrollWork: "82", BBLWork: "83",
			FirstJobHours: 2000, SowisMonths: 12, SowisHours: 2000,
			Regulations: "PW", BijstandGap: 31, FromAZC: "43", Sustained: [3]int{6, 12, 18}, Outcomes: [3]int{6, 12, 18},
			AsylumTitles: "26 27", ProtectionTitles: "TB", ProcedureTitles: "32",
			MoreFacts: true, Conversions: [2]int{12, 24}},
	}
	got := definition.Published()
	for i, set := range want {
		if i >= len(got) || got[i] != set {
			t.Errorf("definitions %s are not those that editions were made with", set.Version)
		}
	}
	if len(got) > len(want) {
		t.Errorf("definitions %s are not written down here", got.Newest().Version)
	}
	got[0].WorkGap = 1
	if definition.Published()[0] != want[0] {
		t.Error("a user of the published sets changed them for all")
	}
}
