package route

import "doorstroom/schemas"

// describeResidences fills what residences and the geography tell.
func describeResidences(rows []Residence, ed *Edition, row *PersonRow) {
	latest := latestResidence(rows)
	if latest != nil {
		row.FirstMunicipality = firstResidence(rows).MunicipalityCode
		row.ExitOn, row.ExitReason = exitOf(latest)
	}
	current := residenceOn(rows, ed.CutOff)
	if current != nil && (row.ExitOn == 0 || row.ExitOn >= ed.CutOff) {
		row.CurrentMunicipality = current.MunicipalityCode
	}
	switch {
	case row.CurrentMunicipality != "":
		row.Region = ed.Region(row.CurrentMunicipality)
	case latest != nil:
		row.Region = ed.Region(latest.MunicipalityCode)
	case row.CoupledMunicipality != "":
		row.Region = ed.Region(row.CoupledMunicipality)
	}
}

// exitOf gives the day and reason of leaving the country or dying, if that is
// how the residence ended. A reason without its day is not an exit.
func exitOf(r *Residence) (on schemas.Date, reason string) {
	if r.LeftOn == 0 {
		return 0, ""
	}
	switch r.LeftReason {
	case "geemigreerd":
		return r.LeftOn, "emigrated"
	case "overleden":
		return r.LeftOn, "died"
	}
	return 0, ""
}

// firstResidence has the earliest settled_on, then the smallest record_id and
// municipality.
func firstResidence(rows []Residence) *Residence {
	var best *Residence
	for i := range rows {
		if r := &rows[i]; best == nil || settledBefore(r, best) {
			best = r
		}
	}
	return best
}

func settledBefore(a, b *Residence) bool {
	if a.SettledOn != b.SettledOn {
		return a.SettledOn < b.SettledOn
	}
	if a.RecordID != b.RecordID {
		return a.RecordID < b.RecordID
	}
	return a.MunicipalityCode < b.MunicipalityCode
}

// latestResidence has the latest settled_on, then the greatest record_id, then
// the smallest municipality.
func latestResidence(rows []Residence) *Residence {
	var best *Residence
	for i := range rows {
		if r := &rows[i]; best == nil || settledAfter(r, best) {
			best = r
		}
	}
	return best
}

// residenceOn is the same among the residences that cover d.
func residenceOn(rows []Residence, d schemas.Date) *Residence {
	var best *Residence
	for i := range rows {
		r := &rows[i]
		if covers(r.SettledOn, r.LeftOn, d) && (best == nil || settledAfter(r, best)) {
			best = r
		}
	}
	return best
}

func settledAfter(a, b *Residence) bool {
	if a.SettledOn == b.SettledOn && a.RecordID == b.RecordID {
		return a.MunicipalityCode < b.MunicipalityCode
	}
	return later(a.SettledOn, a.RecordID, b.SettledOn, b.RecordID)
}
