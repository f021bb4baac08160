package synth

import (
	"doorstroom/connectors/synth/population"
)

// Trap is one oddity of real data that the population shows on purpose.
type Trap struct {
	Name string
	Rate float64 // share of Of
	Of   string
	How  string // what the deliveries show
}

// Rates of the traps of real data that suppliers put into their deliveries. All are assumptions about size, not published figures.
const (
	rateTwoV        = 0.008  // persons with a second dossier
	rateWrongLink   = 0.003  // persons with a municipal record that carries another person's V for some months
	rateConflict    = 0.0015 // persons whose V occurs with two BSNs
	rateCorrection  = 0.015  // wage rows that a correction replaces months later
	rateCorrectSame = 0.2    // of these, the share that keeps its record number (W) in place of coming as a new record
	rateWageDeleted = 0.0005 // wage rows that are withdrawn later
	rateParallel    = 0.06   // jobs with a second income relation beside them for some months
	rateAdminEnd    = 0.003  // job months after which the income relation ends with reason 90 and goes on under a new number
	rateTakeOver    = 0.001  // job months after which the employer is taken over
	rateZeroHours   = 0.04   // months of an on-call contract with zero hours
	rateNegative    = 0.01   // jobs with a negative row after their end
	rateSeverance   = 0.12   // ended jobs of more than 500 days with severance pay as an income relation of its own (62)
	rateLateGrant   = 0.10   // bijstand granted more than three months after its start
	rateInexact     = 0.04   // municipal dates of which the day, or month and day, is unknown
	badEvery        = 400    // one person in so many has a broken copy beside the first row of each of its files
)

// Traps lists what the deliveries hold on purpose, with the rate of each; docs/synthetic_population.md shows it.
func Traps() []Trap {
	return []Trap{
		{"no BSN", population.RateNoBSN, "permit holders", "only V pseudonyms, no wages"},
		{"two V numbers", rateTwoV, "persons", "an older dossier with its own V, linked by the BSN"},
		{"wrong link", rateWrongLink, "settled persons", "a residence with another person's V, corrected (W) or deleted (V) by a later mutation"},
		{"conflict", rateConflict, "settled persons", "a DUO obligation with the right V and a wrong B"},
		{"wage correction", rateCorrection, "wage rows", "a new record with the same ikv_id and period_start (or W on the same record) in a later mutation"},
		{"wage withdrawn", rateWageDeleted, "wage rows", "V in a later mutation"},
		{"parallel IKV", rateParallel, "jobs", "a second income relation in the same months"},
		{"end reason 90", rateAdminEnd, "job months", "the income relation ends, the contract goes on under a new ikv_id at the same employer"},
		{"take-over", rateTakeOver, "job months", "the same work goes on under a new employer pseudonym"},
		{"four-weekly pay", population.RateFourWeekly, "employers", "periods of 28 days"},
		{"zero hours", rateZeroHours, "on-call months", "hours_paid 0"},
		{"negative hours", rateNegative, "ended jobs", "a row with negative hours in the month after the end"},
		{"severance", rateSeverance, "ended jobs of more than 500 days", "srt_iv 62 as an income relation of its own"},
		{"late grant", rateLateGrant, "bijstand spells", "granted and delivered more than three months after the start"},
		{"partners", population.RateCouple, "women who followed, in so far as the husband was here first", "both on one benefit: the same days, applicant and partner"},
		{"partly unknown date", rateInexact, "municipal dates", "jjjj0000 or jjjjmm00"},
		{"move", population.RateMovePerYear, "settled years", "residence and bijstand go on in another municipality"},
		{"emigration", population.RateEmigratePerYear, "settled years", "left_reason geemigreerd"},
		{"death", population.RateDiePerYear, "settled years", "left_reason overleden"},
		{"switch of law", population.RateSwitchLaw, "Wi2013, cohorts 2020-2021", "a second obligation under Wi2021"},
		{"broken record", 1.0 / badEvery, "persons", "a broken copy with its own record number, far below the quarantine threshold"},
	}
}
