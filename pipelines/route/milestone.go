package route

import "doorstroom/schemas"

// find is the earliest date found for a milestone and where.
type find struct {
	date             schemas.Date
	record, recordID string
}

// derived notes a date that no single record gives.
func (b *Builder) derived(k MilestoneKind, date schemas.Date) { b.note(k, date, "", "") }

// note keeps the earliest date of a kind, and of the records that give it the
// smallest record_id. An absent date is nothing.
func (b *Builder) note(k MilestoneKind, date schemas.Date, record, recordID string) {
	f := &b.found[k]
	if date == 0 || f.date != 0 && (date > f.date || date == f.date && recordID >= f.recordID) {
		return
	}
	*f = find{date, record, recordID}
}

// findDelivered notes the dates that stand in a record.
func (b *Builder) findDelivered(p *Person) {
	b.findCOA(p)
	b.findMunicipal(p)
	for i := range p.WorkPermits {
		r := &p.WorkPermits[i]
		b.note(WorkPermitRequested, r.RequestedOn, "uwv_work_permit", r.RecordID)
		if r.Decision == "verleend" {
			b.note(WorkPermitGranted, r.DecidedOn, "uwv_work_permit", r.RecordID)
		}
	}
	for i := range p.Obligations {
		r := &p.Obligations[i]
		b.note(InburgeringDone, r.FulfilledOn, "duo_obligation", r.RecordID)
	}
	for i := range p.Exams {
		if r := &p.Exams[i]; r.Part == "KNM" && passed(r) {
			b.note(KNM, r.TakenOn, "duo_exam", r.RecordID)
		}
	}
	for i := range p.Mbos {
		b.note(MboStarted, p.Mbos[i].Start, "duo_mbo", p.Mbos[i].RecordID)
	}
	for i := range p.Valuations {
		r := &p.Valuations[i]
		b.note(DiplomaRequested, r.RequestedOn, "idw_valuation", r.RecordID)
		if r.Kind != "geen_waardering" {
			b.note(DiplomaValued, r.DecidedOn, "idw_valuation", r.RecordID)
		}
	}
}

func (b *Builder) findCOA(p *Person) {
	for i := range p.Permits {
		r := &p.Permits[i]
		b.note(Application, r.AppliedOn, "coa_permit", r.RecordID)
		switch {
		case b.rules.AsylumTitles.Has(r.TitleCode):
			b.note(PermitStarted, r.Start, "coa_permit", r.RecordID)
		case b.rules.ProtectionTitles.Has(r.TitleCode):
			b.note(TemporaryProtection, r.Start, "coa_permit", r.RecordID)
		}
	}
	for i := range p.Stays {
		b.note(AZCArrival, p.Stays[i].Start, "coa_stay", p.Stays[i].RecordID)
	}
	for i := range p.Participations {
		b.note(FirstParticipation, p.Participations[i].Start, "coa_participation", p.Participations[i].RecordID)
	}
	for i := range p.Placements {
		b.note(Coupled, p.Placements[i].CoupledOn, "coa_placement", p.Placements[i].RecordID)
	}
}

func (b *Builder) findMunicipal(p *Person) {
	for i := range p.Residences {
		r := &p.Residences[i]
		b.note(Settled, r.SettledOn, "municipality_residence", r.RecordID)
		b.note(BRPRegistered, r.BRPRegisteredOn, "municipality_residence", r.RecordID)
	}
	for i := range p.Inburgering {
		r := &p.Inburgering[i]
		b.note(IntakeStarted, r.IntakeStarted, "municipality_inburgering", r.RecordID)
		b.note(IntakeDone, r.IntakeDone, "municipality_inburgering", r.RecordID)
		b.note(PIPSigned, r.PIPSignedOn, "municipality_inburgering", r.RecordID)
		b.note(MAPDone, r.MAPDoneOn, "municipality_inburgering", r.RecordID)
		b.note(PVTSigned, r.PVTSignedOn, "municipality_inburgering", r.RecordID)
	}
	for i := range p.Provisions {
		r := &p.Provisions[i]
		b.note(FirstProvision, r.Start, "municipality_provision", r.RecordID)
		if r.Startbaan == "J" {
			b.note(StartbaanStarted, r.Start, "municipality_provision", r.RecordID)
		}
	}
}

// findExit notes the exit and the residence that it was read from.
func (b *Builder) findExit(rows []Residence, row *PersonRow) {
	if row.ExitOn != 0 {
		b.note(Exit, row.ExitOn, "municipality_residence", latestResidence(rows).RecordID)
	}
}

// findWork notes the first work, and the first while staying in an azc.
func (b *Builder) findWork(stays []Stay) {
	for i := range b.work {
		iv := &b.work[i]
		b.derived(FirstJob, iv.start)
		for j := range stays {
			start, end := max(iv.start, stays[j].Start), iv.end
			if stays[j].End != 0 {
				end = min(end, stays[j].End)
			}
			if start <= end {
				b.derived(FirstWorkInAZC, start)
			}
		}
	}
}

// findBijstand notes the start of the first bijstand spell.
func (b *Builder) findBijstand(spells []BijstandSpellRow) {
	if len(spells) > 0 {
		b.derived(BijstandStart, spells[0].Start)
	}
}

// findOnGrid notes what is read off the statuses.
func (b *Builder) findOnGrid(months []MonthRow, spells []BijstandSpellRow) {
	for i := range months {
		if months[i].HoursWeek >= b.rules.FirstJobHours {
			b.derived(FirstJob20h, b.months[i].day)
			break
		}
	}
	for i := range spells {
		if spells[i].ExitToWork == True {
			b.derived(BijstandExitToWork, spells[i].End)
			break
		}
	}
}

// writeMilestones puts what was found into the facts.
func (b *Builder) writeMilestones(out *Facts) {
	out.Milestones = out.Milestones[:0]
	for k := range b.found {
		if f := &b.found[k]; f.date != 0 {
			out.Milestones = append(out.Milestones, MilestoneRow{MilestoneKind(k), f.date, f.record, f.recordID})
		}
	}
}
