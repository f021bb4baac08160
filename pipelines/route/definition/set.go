// Package definition holds the numbers and the choices of codes that facts rest
// on, as sets with a version. What is done with them is the code of route; a set
// does nothing but refuse to be one that cannot be meant.
package definition

import (
	"strings"

	"doorstroom/pipelines/route/weekly"
)

// Set is a set of definitions: every number and every choice of codes
// that the facts rest on (DOMAIN section 4, contract section 2). It is a plain
// value of comparable fields, so a copy of a published set cannot change it.
//
// How the numbers are used is code, the same for all sets. A version that needs
// other code adds a field that chooses; docs/decisions/definitions-have-versions.md
// tells how. What comes before the facts (effective records, who is a person)
// is the contract's, not a set's.
type Set struct {
	// Version names the set, in ops.edition and on every report. Empty is none.
	Version string

	// PaidWork are the srt_iv of wages. DOMAIN 4, "Working on d".
	PaidWork Codes
	// HoursOver are the days over which the paid hours of a wage row are weekly
	// hours, of a month and for the main job. DOMAIN 4, "Weekly hours".
	HoursOver HoursDays
	// WorkGap is the longest gap, in days in between, over which a work spell
	// or a job goes on. Contract 2, "work spell".
	WorkGap int
	// ContractGoesOn are the end_reason with which an income relation ends on
	// paper only, so that a job goes on over a longer gap. Contract 2, "job".
	ContractGoesOn Codes
	// AgencyWork, PayrollWork and BBLWork are the cd_aard of these contracts,
	// first that fits. DOMAIN 4, "Main job"; BBLWork also facts.csv, bbl.
	AgencyWork, PayrollWork, BBLWork Codes
	// FirstJobHours are the weekly hours from which a job counts for
	// first_job_20h. Contract 2, milestones.
	FirstJobHours weekly.Hundredths
	// SowisMonths and SowisHours are the realised months and mean weekly hours
	// from which a job is sowis_like. DOMAIN 4.
	SowisMonths uint16
	SowisHours  weekly.Hundredths

	// Regulations are those that count as bijstand. DOMAIN 4, "In bijstand on d".
	Regulations Codes
	// BijstandGap is the longest gap, in days in between, over which a bijstand
	// spell goes on. Contract 2, "bijstand spell".
	BijstandGap int
	// FromAZC are the reason_in of who came from an azc. facts.csv, from_azc.
	FromAZC Codes

	// Sustained are the lengths, in reference days, of the runs behind the
	// columns and milestones sustained_6, _12 and _18; a run of the first makes
	// the stage sustained. DOMAIN 4, "sustained_n".
	Sustained [3]int
	// Outcomes are the months after a bijstand spell at which the columns
	// loose_6, _12, _18 and strict_6, _12, _18 look. DOMAIN 4, "Exit to work".
	Outcomes [3]int

	// AsylumTitles, ProtectionTitles and ProcedureTitles are the title_code of
	// an asylum permit, of temporary protection and of a procedure. DOMAIN 2,
	// coa_permit; facts.csv, population.
	AsylumTitles, ProtectionTitles, ProcedureTitles Codes

	// MoreFacts has the tables of schemas/more_facts.csv made. docs/decisions/more-facts.md.
	MoreFacts bool
	// Conversions are the months within which the columns same_12, _24 and any_12, _24 of contract_conversion look for
	// a contract that follows, the shorter first. DOMAIN 5, "temporary to permanent within 12 and 24 months".
	Conversions [2]int
}

// HoursDays are days of a wage row. The zero value is none, so a set must choose.
type HoursDays string

const (
	// PeriodDays are all days from period_start to period_end.
	PeriodDays HoursDays = "period"
	// IntervalDays are the days of the row's work interval: of a period in which
	// the job began or ended, those that the job covers.
	IntervalDays HoursDays = "interval"
)

// Codes is a list of codes, separated by blanks.
type Codes string

// Has tells whether the list holds a code.
func (c Codes) Has(code string) bool {
	for rest := string(c); rest != ""; {
		var one string
		if one, rest, _ = strings.Cut(rest, " "); one == code && code != "" {
			return true
		}
	}
	return false
}
