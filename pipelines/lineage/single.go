package lineage

import "doorstroom/pipelines/route"

// withoutExam gives the person as if one exam had not been taken.
func withoutExam(p *route.Person, n int) *route.Person {
	other := *p
	other.Exams = append(append([]route.Exam(nil), p.Exams[:n]...), p.Exams[n+1:]...)
	return &other
}
