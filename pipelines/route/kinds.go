package route

// Stage is where a person stands on a reference day; exactly one fits.
type Stage uint8

// The stages, first that fits. The zero value is none and is never in a row.
const (
	StageLeft Stage = iota + 1
	StageSustained
	StageWork
	StageWorkAndBijstand
	StageBijstand
	StageAZCWithPermit
	StageAZCInProcedure
	StageSettledOther
	StageUnknown
)

var stageNames = [...]string{"", "left", "sustained", "work", "work_and_bijstand", "bijstand",
	"azc_with_permit", "azc_in_procedure", "settled_other", "unknown"}

// String gives the contract's name.
func (s Stage) String() string { return stageNames[s] }

// Contract is the kind of contract of a main job.
type Contract uint8

// The contracts, first that fits. NoContract is the empty value of who does not work.
const (
	NoContract Contract = iota
	Agency
	Payroll
	BBL
	OnCall
	Permanent
	Temporary
)

var contractNames = [...]string{"", "agency", "payroll", "bbl", "on_call", "permanent", "temporary"}

// String gives the contract's name; empty for NoContract.
func (c Contract) String() string { return contractNames[c] }

// MilestoneKind is a milestone, in the order of the contract's table.
type MilestoneKind uint8

// The kinds. The zero value is none and is never in a row.
const (
	Application MilestoneKind = iota + 1
	AZCArrival
	FirstParticipation
	Coupled
	Settled
	BRPRegistered
	PermitStarted
	TemporaryProtection
	IntakeStarted
	IntakeDone
	PIPSigned
	MAPDone
	PVTSigned
	LanguageA2
	LanguageB1
	LanguageB2
	KNM
	InburgeringDone
	DiplomaRequested
	DiplomaValued
	MboStarted
	FirstProvision
	StartbaanStarted
	WorkPermitRequested
	WorkPermitGranted
	FirstJob
	FirstWorkInAZC
	FirstJob20h
	SustainedRun6
	SustainedRun12
	SustainedRun18
	BijstandStart
	BijstandExitToWork
	Exit
	numKinds
)

var kindNames = [numKinds]string{"", "application", "azc_arrival", "first_participation", "coupled",
	"settled", "brp_registered", "permit", "temporary_protection", "intake_started", "intake_done",
	"pip_signed", "map_done", "pvt_signed", "language_a2", "language_b1", "language_b2", "knm",
	"inburgering_done", "diploma_requested", "diploma_valued", "mbo_started", "first_provision",
	"startbaan_started", "work_permit_requested", "work_permit_granted", "first_job",
	"first_work_in_azc", "first_job_20h", "sustained_6", "sustained_12", "sustained_18",
	"bijstand_start", "bijstand_exit_to_work", "exit"}

// String gives the contract's name.
func (k MilestoneKind) String() string { return kindNames[k] }
