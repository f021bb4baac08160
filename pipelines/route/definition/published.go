package definition

// Published are the sets of definitions that editions may be made with, the
// oldest first. A set in this list never changes: editions and reports name it.
func Published() Catalogue {
	// The contract's, version 1.0, and what DOMAIN section 4 says of definitions 1.
	first := Set{
		Version: "1",

		PaidWork:       "11 12 13 14 15 17", // so not 43, bijstand itself, nor 62, severance pay
		HoursOver:      PeriodDays,
		WorkGap:        31,
		ContractGoesOn: "90",
		AgencyWork:     "11",
		PayrollWork:    "82",
		BBLWork:        "83",
		FirstJobHours:  20_00,
		SowisMonths:    12,
		SowisHours:     20_00,

		Regulations: "PW",
		BijstandGap: 31,
		FromAZC:     "43",

		Sustained: [3]int{6, 12, 18},
		Outcomes:  [3]int{6, 12, 18},

		AsylumTitles:     "26 27",
		ProtectionTitles: "TB",
		ProcedureTitles:  "32",
	}
	// DOMAIN's "Definitions, version 2": hours are no longer spread over days of
	// the first and the last period of a job that the job does not cover.
	second := first
	second.Version, second.HoursOver = "2", IntervalDays
	// docs/decisions/more-facts.md: the tables beside the contract's. Those of the contract are as under 2.
	third := second
	third.Version, third.MoreFacts, third.Conversions = "3", true, [2]int{12, 24}
	return Catalogue{first, second, third}
}
