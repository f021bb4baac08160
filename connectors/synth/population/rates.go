package population

// Rates of the oddities of real data that lie in the lives themselves. All are assumptions about size, not published figures.
const (
	RateNoBSN           = 0.012 // permit holders who never get a BSN
	RateFourWeekly      = 0.16  // employers that pay per four weeks; agencies more often
	RateCouple          = 0.5   // women who followed their family and have their husband in the same cohort
	RateMovePerYear     = 0.035 // moves to another municipality, per settled year
	RateEmigratePerYear = 0.007
	RateDiePerYear      = 0.0012
	RateSwitchLaw       = 0.04 // people under Wi2013 who switch to Wi2021, cohorts 2020 and 2021
)
