package route

import "doorstroom/schemas"

// firstPIP gives the first day on which a PIP was signed, zero without any.
func firstPIP(rows []Inburgering) schemas.Date {
	first := schemas.Date(0)
	for i := range rows {
		first = earliest(first, rows[i].PIPSignedOn)
	}
	return first
}

// leerrouteOn gives the leerroute of the latest PIP signed on or before d, then
// of the greatest record_id, then of the smallest municipality.
func leerrouteOn(rows []Inburgering, d schemas.Date) string {
	var best *Inburgering
	for i := range rows {
		r := &rows[i]
		if r.PIPSignedOn != 0 && r.PIPSignedOn <= d && (best == nil || signedAfter(r, best)) {
			best = r
		}
	}
	if best == nil {
		return ""
	}
	return best.Leerroute
}

func signedAfter(a, b *Inburgering) bool {
	if a.PIPSignedOn == b.PIPSignedOn && a.RecordID == b.RecordID {
		return a.MunicipalityCode < b.MunicipalityCode
	}
	return later(a.PIPSignedOn, a.RecordID, b.PIPSignedOn, b.RecordID)
}

// writeProvisions tells whether the person is in a startbaan on d, and gives
// whether they are in a provision with hours.
func (m *MonthRow) writeProvisions(rows []Provision, d schemas.Date) (withHours bool) {
	for i := range rows {
		r := &rows[i]
		if !covers(r.Start, r.End, d) {
			continue
		}
		m.Startbaan = m.Startbaan || r.Startbaan == "J"
		withHours = withHours || r.HoursPerWeek > 0
	}
	return withHours
}

// bblOn tells whether an apprenticeship at school covers d.
func bblOn(rows []Mbo, d schemas.Date) bool {
	for i := range rows {
		if r := &rows[i]; r.Kind == "bbl" && covers(r.Start, r.End, d) {
			return true
		}
	}
	return false
}
