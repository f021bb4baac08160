package lineage

import "doorstroom/pipelines/route"

// single gives a person of whom only the n-th record of a kind is known. What
// route makes of it is what the record says by itself.
func single(p *route.Person, record string, n int) *route.Person {
	one := &route.Person{}
	switch record {
	case "coa_stay":
		one.Stays = p.Stays[n : n+1]
	case "coa_permit":
		one.Permits = p.Permits[n : n+1]
	case "coa_placement":
		one.Placements = p.Placements[n : n+1]
	case "coa_participation":
		one.Participations = p.Participations[n : n+1]
	case "municipality_residence":
		one.Residences = p.Residences[n : n+1]
	case "municipality_bijstand":
		one.Bijstand = p.Bijstand[n : n+1]
	case "municipality_inburgering":
		one.Inburgering = p.Inburgering[n : n+1]
	case "municipality_provision":
		one.Provisions = p.Provisions[n : n+1]
	case employment:
		one.Employments = p.Employments[n : n+1]
	case "uwv_work_permit":
		one.WorkPermits = p.WorkPermits[n : n+1]
	case "duo_obligation":
		one.Obligations = p.Obligations[n : n+1]
	case "duo_exam":
		one.Exams = p.Exams[n : n+1]
	case "duo_mbo":
		one.Mbos = p.Mbos[n : n+1]
	case "idw_valuation":
		one.Valuations = p.Valuations[n : n+1]
	}
	return one
}

// withoutExam gives the person as if one exam had not been taken.
func withoutExam(p *route.Person, n int) *route.Person {
	other := *p
	other.Exams = append(append([]route.Exam(nil), p.Exams[:n]...), p.Exams[n+1:]...)
	return &other
}
