package route

import (
	"doorstroom/pipelines/route/weekly"
	"doorstroom/schemas"
)

// Facts are the rows that one person gets in each fact table. The columns
// edition and person_id are the caller's. Build overwrites all of it and keeps
// the memory; strings are those of the Person it was built from, so use the
// rows before the person's memory is used again.
type Facts struct {
	Person         PersonRow
	Milestones     []MilestoneRow     // at most one per kind, in the order of the kinds
	Months         []MonthRow         // ascending, without gaps
	WorkSpells     []WorkSpellRow     // by start; the n-th has spell n, from 1
	Jobs           []JobRow           // by employer, then start
	BijstandSpells []BijstandSpellRow // by start; the n-th has spell n, from 1

	// The next are empty unless the definitions say MoreFacts.
	Participations []ParticipationRow // these four by record_id
	WorkPermits    []WorkPermitRow
	Mbos           []MboRow
	Valuations     []ValuationRow
	Conversions    []ConversionRow // in the order of Jobs
}

// Tri is a Nullable(Bool).
type Tri uint8

// The values of a Tri. The zero value is NULL.
const (
	Null Tri = iota
	False
	True
)

func tri(b bool) Tri {
	if b {
		return True
	}
	return False
}

// PersonRow is a row of person. Zero dates and numbers are NULL.
type PersonRow struct {
	Linkage             string
	Population          string
	Cohort              uint16
	PermitStart         schemas.Date
	ProtectionStart     schemas.Date
	AppliedOn           schemas.Date
	ArrivedOn           schemas.Date
	Route               string
	Sex                 string
	BirthYear           uint16
	NationalityCode     string
	NationalityGroup    string
	GoodProspects       bool
	Law                 string
	TargetGroup         string
	CoupledMunicipality string
	FirstMunicipality   string
	CurrentMunicipality string
	Region              string
	ValuedKind          string
	ValuedNLQF          uint8
	ExitOn              schemas.Date
	ExitReason          string
}

// MilestoneRow is a row of milestone. Record and RecordID are empty for a
// derived kind.
type MilestoneRow struct {
	Kind     MilestoneKind
	Date     schemas.Date
	Record   string
	RecordID string
}

// MonthRow is a row of month_status. Month is the first day of the month; the
// status is that of its last day. K is NULL without HasK, Age without HasAge.
type MonthRow struct {
	Month            schemas.Date
	K                int16
	HasK             bool
	Age              uint8
	HasAge           bool
	Stage            Stage
	InAZC            bool
	Working          bool
	Bijstand         bool
	BBL              bool
	Startbaan        bool
	Dual             bool
	Contract         Contract
	Sustained6       Tri
	Sustained12      Tri
	Sustained18      Tri
	HoursWeek        weekly.Hundredths
	WageSVCents      int64
	MunicipalityCode string
	Region           string
	SectorCode       string
	Leerroute        string
}

// WorkSpellRow is a row of work_spell.
type WorkSpellRow struct {
	Spell         uint16
	Jobs          uint16
	ContractStart Contract
	ContractEnd   Contract
	Start, End    schemas.Date
	MeanHoursWeek weekly.Hundredths
}

// JobRow is a row of job.
type JobRow struct {
	Employer       string
	SectorCode     string
	Job            uint16
	IKVs           uint16
	RealisedMonths uint16
	ContractStart  Contract
	ContractEnd    Contract
	SowisLike      bool
	Start, End     schemas.Date
	MeanHoursWeek  weekly.Hundredths
}

// BijstandSpellRow is a row of bijstand_spell. A zero End is NULL: open.
type BijstandSpellRow struct {
	Spell            uint16
	Start, End       schemas.Date
	MunicipalityCode string
	FromAZC          bool
	ExitToWork       Tri
	Loose6           Tri
	Loose12          Tri
	Loose18          Tri
	Strict6          Tri
	Strict12         Tri
	Strict18         Tri
}
