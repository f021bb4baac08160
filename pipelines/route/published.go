package route

// Published are the sets of definitions that editions may be made with, the
// oldest first. A set in this list never changes: editions and reports name it.
func Published() Catalogue {
	return Catalogue{
		{
			// The contract's, version 1.0, and what DOMAIN section 4 says of definitions 1.
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
		},
		{
			// DOMAIN's "Definitions, version 2": the days of the first and the last period of a job that are not of it count no more.
			Version: "2",

			PaidWork:       "11 12 13 14 15 17",
			HoursOver:      IntervalDays,
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
		},
	}
}
