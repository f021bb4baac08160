package route

import (
	"fmt"

	"doorstroom/pipelines/route/ordinal"
	"doorstroom/schemas"
)

// Builder makes facts. It holds scratch memory that grows to the largest
// person seen; one Builder serves one goroutine. The zero value is ready.
type Builder struct {
	rules    rules
	work     []interval     // work intervals, in the order of the wage rows
	order    []uint64       // their positions sorted by start, see sortedByStart
	byJob    []int32        // their positions by employer, then start
	jobs     employers      // the employers among them
	ikvs     ordinal.Names  // the income relations among them
	months   []monthWork    // one per month of the grid
	benefits []uint64       // PW records sorted by start
	found    [numKinds]find // milestones so far
	grid     grid

	jobStarts         []int       // where in byJob each job begins
	window            []*interval // see mainAtEmployer
	permanent, direct held        // see findHeld
}

// Build makes the facts of one person in an edition and overwrites out. It
// fails only on an edition without whole definitions, and on records that the contract would have put in quarantine (a date
// outside 1970-2100, an end before its start, a wage period of more than 36
// days); records that are valid but contradict each other always have a
// defined outcome.
func (b *Builder) Build(p *Person, ed *Edition, out *Facts) error {
	if err := b.rules.follow(&ed.Definitions); err != nil {
		return err
	}
	if err := p.check(); err != nil {
		return err
	}
	b.findIntervals(p.Employments)
	b.joinBijstand(p.Bijstand, out)

	row := &out.Person
	describePerson(p, ed, row)

	b.found = [numKinds]find{}
	b.findDelivered(p)
	b.findExit(p.Residences, row)
	b.findLanguage(p.Exams)
	b.findWork(p.Stays)
	b.findBijstand(out.BijstandSpells)

	b.grid = b.layGrid(p, ed)
	b.markWork(p.Employments)
	b.markBijstand(p.Bijstand)
	b.writeMonths(p, ed, row, out)
	b.writeRuns(out.Months)
	b.writeStages(row, out.Months)

	b.writeSpells(p.Employments, out)
	b.writeJobs(p.Employments, out)
	b.writeConversions(p.Employments, ed, out)
	b.followExits(p.Bijstand, ed, out.BijstandSpells)
	b.writeMore(p, ed, out)

	b.findOnGrid(out.Months, out.BijstandSpells)
	b.writeMilestones(out)
	b.forget()
	return nil
}

// forget drops every string of the person from the scratch memory.
func (b *Builder) forget() {
	b.found = [numKinds]find{}
	b.jobs.Reset()
	b.ikvs.Reset()
}

func given(d schemas.Date) bool { return d.InRange() }

func optional(ds ...schemas.Date) bool {
	for _, d := range ds {
		if d != 0 && !d.InRange() {
			return false
		}
	}
	return true
}

func span(start, end schemas.Date) bool {
	return given(start) && (end == 0 || end.InRange() && end >= start)
}

func broken(record string) error {
	return fmt.Errorf("route: a %s row has a date outside 1970-2100, none where one is required, "+
		"or an end before its start, which no accepted delivery holds; load the deliveries again", record)
}

func tooLong(record string, most int) error {
	return fmt.Errorf("route: a %s row has a period of more than %d days, "+
		"which no accepted delivery holds; load the deliveries again", record, most)
}
