package reference

import (
	"cmp"
	"slices"

	"doorstroom/pipelines/route"
)

// milestone is a row; record and id are empty when derived.
type milestone struct {
	kind   string
	date   day
	record string
	id     string
}

var kinds = []string{"application", "azc_arrival", "first_participation", "coupled", "settled", "brp_registered",
	"permit", "temporary_protection", "intake_started", "intake_done", "pip_signed", "map_done", "pvt_signed",
	"language_a2", "language_b1", "language_b2", "knm", "inburgering_done", "diploma_requested", "diploma_valued",
	"mbo_started", "first_provision", "startbaan_started", "work_permit_requested", "work_permit_granted",
	"first_job", "first_work_in_azc", "first_job_20h", "sustained_6", "sustained_12", "sustained_18",
	"bijstand_start", "bijstand_exit_to_work", "exit"}

// earliestOfEach keeps of each kind the earliest date with the smallest
// record_id, in the order of the kinds.
func earliestOfEach(candidates []milestone) []milestone {
	var out []milestone
	for _, kind := range kinds {
		given := func(m milestone) bool { return m.kind == kind && m.date != none }
		m := best(candidates, given, func(a, b milestone) int {
			return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.id, b.id))
		})
		if m != nil {
			out = append(out, *m)
		}
	}
	return out
}

// offGrid are all candidates but those that are read off the grid.
func (p *person) offGrid() []milestone {
	out := append(p.fromCOA(), p.fromMunicipalities()...)
	out = append(out, p.fromAgencies()...)
	for level, kind := range []string{"language_a2", "language_b1", "language_b2"} {
		out = append(out, milestone{kind: kind, date: p.languageOn(level)})
	}
	for _, d := range p.workDays(p.Employments) {
		out = append(out, milestone{kind: "first_job", date: d})
		if p.stay(d) != nil {
			out = append(out, milestone{kind: "first_work_in_azc", date: d})
		}
	}
	for _, r := range p.Bijstand {
		if p.counts(r) {
			out = append(out, milestone{kind: "bijstand_start", date: r.Start})
		}
	}
	return append(out, milestone{"exit", p.exitOn, "municipality_residence", p.exitRecord})
}

func (p *person) fromCOA() (out []milestone) {
	for _, r := range p.Permits {
		out = append(out, milestone{"application", r.AppliedOn, "coa_permit", r.RecordID})
		if p.asylum(r) {
			out = append(out, milestone{"permit", r.Start, "coa_permit", r.RecordID})
		}
		if p.protection(r) {
			out = append(out, milestone{"temporary_protection", r.Start, "coa_permit", r.RecordID})
		}
	}
	for _, r := range p.Stays {
		out = append(out, milestone{"azc_arrival", r.Start, "coa_stay", r.RecordID})
	}
	for _, r := range p.Participations {
		out = append(out, milestone{"first_participation", r.Start, "coa_participation", r.RecordID})
	}
	for _, r := range p.Placements {
		out = append(out, milestone{"coupled", r.CoupledOn, "coa_placement", r.RecordID})
	}
	return out
}

func (p *person) fromMunicipalities() (out []milestone) {
	for _, r := range p.Residences {
		out = append(out, milestone{"settled", r.SettledOn, "municipality_residence", r.RecordID},
			milestone{"brp_registered", r.BRPRegisteredOn, "municipality_residence", r.RecordID})
	}
	for _, r := range p.Inburgering {
		from := "municipality_inburgering"
		out = append(out, milestone{"intake_started", r.IntakeStarted, from, r.RecordID},
			milestone{"intake_done", r.IntakeDone, from, r.RecordID},
			milestone{"pip_signed", r.PIPSignedOn, from, r.RecordID},
			milestone{"map_done", r.MAPDoneOn, from, r.RecordID},
			milestone{"pvt_signed", r.PVTSignedOn, from, r.RecordID})
	}
	for _, r := range p.Provisions {
		out = append(out, milestone{"first_provision", r.Start, "municipality_provision", r.RecordID})
		if r.Startbaan == "J" {
			out = append(out, milestone{"startbaan_started", r.Start, "municipality_provision", r.RecordID})
		}
	}
	return out
}

func (p *person) fromAgencies() (out []milestone) {
	for _, r := range p.WorkPermits {
		out = append(out, milestone{"work_permit_requested", r.RequestedOn, "uwv_work_permit", r.RecordID})
		if r.Decision == "verleend" {
			out = append(out, milestone{"work_permit_granted", r.DecidedOn, "uwv_work_permit", r.RecordID})
		}
	}
	for _, r := range p.Obligations {
		out = append(out, milestone{"inburgering_done", r.FulfilledOn, "duo_obligation", r.RecordID})
	}
	for _, r := range p.Exams {
		if r.Part == "KNM" && r.Result == "geslaagd" {
			out = append(out, milestone{"knm", r.TakenOn, "duo_exam", r.RecordID})
		}
	}
	for _, r := range p.Mbos {
		out = append(out, milestone{"mbo_started", r.Start, "duo_mbo", r.RecordID})
	}
	for _, r := range p.Valuations {
		out = append(out, milestone{"diploma_requested", r.RequestedOn, "idw_valuation", r.RecordID})
		if r.Kind != "geen_waardering" {
			out = append(out, milestone{"diploma_valued", r.DecidedOn, "idw_valuation", r.RecordID})
		}
	}
	return out
}

// languageOn gives the first exam day on which LE, LU, SC and SP have all been
// passed at the level (0, 1, 2 for A2, B1, B2) or higher.
func (p *person) languageOn(level int) day {
	levels := []string{"A2", "B1", "B2"}
	var days []day
	for _, r := range p.Exams {
		days = append(days, r.TakenOn)
	}
	slices.Sort(days)
	for _, d := range days {
		complete := true
		for _, part := range []string{"LE", "LU", "SC", "SP"} {
			complete = complete && has(p.Exams, func(r route.Exam) bool {
				return r.Part == part && r.Result == "geslaagd" && r.TakenOn <= d && slices.Index(levels, r.Level) >= level
			})
		}
		if complete {
			return d
		}
	}
	return none
}

// onGrid are the milestones that are read off the reference days.
func (p *person) onGrid() (out []milestone) {
	for at, d := range p.grid {
		if p.working(d) && p.hoursWeek(d) >= int64(p.FirstJobHours) {
			out = append(out, milestone{kind: "first_job_20h", date: d})
		}
		for i, kind := range []string{"sustained_6", "sustained_12", "sustained_18"} {
			if p.sustained(at, p.Sustained[i]).value {
				out = append(out, milestone{kind: kind, date: d})
			}
		}
	}
	return out
}
