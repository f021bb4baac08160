package route

import "doorstroom/schemas"

// Person is everything that holds about one person in an edition. The rows of
// each record may come in any order. Strings may alias a buffer of the caller:
// Build keeps none of them beyond the Facts that it fills.
//
// Zero means absent: an empty string, a zero Date, a zero number, except where
// a field says otherwise.
type Person struct {
	// PersonID is 'v' or 'b' and 26 characters.
	PersonID string
	// Linkage is linked, v_only, b_only or conflict.
	Linkage string

	Stays          []Stay
	Permits        []Permit
	Placements     []Placement
	Participations []Participation
	Residences     []Residence
	Bijstand       []Bijstand
	Inburgering    []Inburgering
	Provisions     []Provision
	Employments    []Employment
	WorkPermits    []WorkPermit
	Obligations    []Obligation
	Exams          []Exam
	Mbos           []Mbo
	Valuations     []Valuation
}

// Reset empties the person for the next one and keeps the memory.
func (p *Person) Reset() {
	p.PersonID, p.Linkage = "", ""
	p.Stays = p.Stays[:0]
	p.Permits = p.Permits[:0]
	p.Placements = p.Placements[:0]
	p.Participations = p.Participations[:0]
	p.Residences = p.Residences[:0]
	p.Bijstand = p.Bijstand[:0]
	p.Inburgering = p.Inburgering[:0]
	p.Provisions = p.Provisions[:0]
	p.Employments = p.Employments[:0]
	p.WorkPermits = p.WorkPermits[:0]
	p.Obligations = p.Obligations[:0]
	p.Exams = p.Exams[:0]
	p.Mbos = p.Mbos[:0]
	p.Valuations = p.Valuations[:0]
}

// Stay is a coa_stay. End is the last day; zero is open.
type Stay struct {
	RecordID, MunicipalityCode string
	Start, End                 schemas.Date
}

// Permit is a coa_permit.
type Permit struct {
	RecordID, TitleCode, NationalityCode, Sex, Route, GoodProspects string
	AppliedOn, Start                                                schemas.Date
	BirthYear                                                       int32
}

// Placement is a coa_placement.
type Placement struct {
	RecordID, MunicipalityCode string
	CoupledOn                  schemas.Date
}

// Participation is a coa_participation.
type Participation struct {
	RecordID string
	Start    schemas.Date
}

// Residence is a municipality_residence. LeftOn is the last day; zero is open.
type Residence struct {
	RecordID, MunicipalityCode, LeftReason string
	SettledOn, LeftOn, BRPRegisteredOn     schemas.Date
}

// Bijstand is a municipality_bijstand, of any regulation. End is the last day;
// zero is open.
type Bijstand struct {
	RecordID, MunicipalityCode, Regulation, ReasonIn string
	Start, End                                       schemas.Date
}

// Inburgering is a municipality_inburgering.
type Inburgering struct {
	RecordID, MunicipalityCode, Leerroute                          string
	IntakeStarted, IntakeDone, PIPSignedOn, MAPDoneOn, PVTSignedOn schemas.Date
}

// Provision is a municipality_provision. HoursPerWeek is in hundredths of an
// hour; absent and zero count alike.
type Provision struct {
	RecordID, MunicipalityCode, Startbaan string
	Start, End                            schemas.Date
	HoursPerWeek                          int32
}

// Employment is a uwv_employment row: one income relation (IKV) in one period.
// The period has 1 to 36 days. HoursPaid is in whole hours and may be negative,
// WageSVCents in euro cents.
type Employment struct {
	RecordID, IKVID, Employer           string
	EndReason, SrtIV, CDAard            string
	IndPermanent, IndWritten, IndOnCall string
	SectorCode                          string
	PeriodStart, PeriodEnd              schemas.Date
	IKVStart, IKVEnd                    schemas.Date
	HoursPaid                           int32
	WageSVCents                         int64
}

// WorkPermit is a uwv_work_permit.
type WorkPermit struct {
	RecordID, Decision     string
	RequestedOn, DecidedOn schemas.Date
}

// Obligation is a duo_obligation. End is the last day; zero is open.
type Obligation struct {
	RecordID, Law, TargetGroup string
	Start, End, FulfilledOn    schemas.Date
}

// Exam is a duo_exam.
type Exam struct {
	RecordID, Part, Level, Result string
	TakenOn                       schemas.Date
}

// Mbo is a duo_mbo. End is the last day; zero is open.
type Mbo struct {
	RecordID, Kind string
	Start, End     schemas.Date
}

// Valuation is an idw_valuation. NLQFLevel 0 is a missing level.
type Valuation struct {
	RecordID, Kind         string
	RequestedOn, DecidedOn schemas.Date
	NLQFLevel              int32
}
