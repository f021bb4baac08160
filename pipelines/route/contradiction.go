package route

import "doorstroom/schemas"

// Contradiction is a way in which valid records of a person contradict each
// other or themselves. Facts are made all the same, with the outcome that
// spec/70_contradictions.txt shows; the supplier is told how often it occurs.
type Contradiction uint8

// The contradictions; each counts the records of one kind that are party to it.
const (
	// IKVEndedBefore counts wage rows whose income relation ended before their period.
	IKVEndedBefore Contradiction = iota
	// WorkAfterExit counts wage rows whose work lies wholly after death or emigration.
	WorkAfterExit
	// TwoResidences counts residences that share a day with another one.
	TwoResidences
	// ExamBeforeArrival counts exams passed before the first stay in an azc began.
	ExamBeforeArrival
	// TwoLaws counts obligations that share a day with one under another law.
	TwoLaws
	// FulfilledBeforeStart counts obligations that were fulfilled before they began.
	FulfilledBeforeStart
	// BornAfterPermit counts permits that start in a year before that of birth.
	BornAfterPermit

	NumContradictions = int(BornAfterPermit) + 1
)

var contradictions = [NumContradictions]struct{ name, record string }{
	IKVEndedBefore:       {"ikv_ended_before_period", "uwv_employment"},
	WorkAfterExit:        {"work_after_exit", "uwv_employment"},
	TwoResidences:        {"two_residences_on_one_day", "municipality_residence"},
	ExamBeforeArrival:    {"exam_passed_before_arrival", "duo_exam"},
	TwoLaws:              {"two_laws_at_once", "duo_obligation"},
	FulfilledBeforeStart: {"fulfilled_before_start", "duo_obligation"},
	BornAfterPermit:      {"born_after_permit", "coa_permit"},
}

// String gives its name as a rule.
func (c Contradiction) String() string { return contradictions[c].name }

// Record names the records that it counts.
func (c Contradiction) Record() string { return contradictions[c].record }

// Contradictions counts the records of a person per contradiction, after Build made its facts.
func (b *Builder) Contradictions(p *Person, row *PersonRow) (n [NumContradictions]int) {
	for i := range p.Employments {
		if r := &p.Employments[i]; r.IKVEnd != 0 && r.IKVEnd < r.PeriodStart {
			n[IKVEndedBefore]++
		}
	}
	for i := range b.work {
		if row.ExitOn != 0 && b.work[i].start > row.ExitOn {
			n[WorkAfterExit]++
		}
	}
	n[TwoResidences] = twoResidences(p.Residences)
	for i := range p.Exams {
		if r := &p.Exams[i]; passed(r) && row.ArrivedOn != 0 && r.TakenOn < row.ArrivedOn {
			n[ExamBeforeArrival]++
		}
	}
	n[TwoLaws], n[FulfilledBeforeStart] = oddObligations(p.Obligations)
	for i := range p.Permits {
		if r := &p.Permits[i]; titleRank(&b.rules.Set, r.TitleCode) < titleOther && int(r.BirthYear) > r.Start.Year() {
			n[BornAfterPermit]++
		}
	}
	return n
}

// share tells whether two periods have a day in common; an end of zero is open.
func share(start, end, otherStart, otherEnd schemas.Date) bool {
	return (otherEnd == 0 || start <= otherEnd) && (end == 0 || otherStart <= end)
}

func twoResidences(rows []Residence) (n int) {
	for i := range rows {
		for j := range rows {
			if i != j && share(rows[i].SettledOn, rows[i].LeftOn, rows[j].SettledOn, rows[j].LeftOn) {
				n++
				break
			}
		}
	}
	return n
}

func oddObligations(rows []Obligation) (twoLaws, fulfilledBefore int) {
	for i := range rows {
		r := &rows[i]
		if r.FulfilledOn != 0 && r.FulfilledOn < r.Start {
			fulfilledBefore++
		}
		for j := range rows {
			if o := &rows[j]; o.Law != r.Law && share(r.Start, r.End, o.Start, o.End) {
				twoLaws++
				break
			}
		}
	}
	return twoLaws, fulfilledBefore
}
