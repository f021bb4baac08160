package population

import (
	"math"

	"doorstroom/connectors/synth/calendar"
)

// Contract is the form of a job, as the wage records show it.
type Contract uint8

// The forms of jobs. What is fixed-term may become permanent, see Job.
const (
	FixedTerm Contract = iota
	Agency
	Payroll
	BBL
	OnCall
)

// Job is one contract with one employer; End is 0 while it goes on.
type Job struct {
	Start, End    calendar.Day
	Sector        string
	Employer      uint64
	Form          Contract
	PermanentFrom calendar.Day
	Hours         float64 // a week
	Cents         int     // an hour, of the year 2022
}

// persistence of the chance of work: the share of its variance that is fixed for a person (health, schooling, household), and how often, per month,
// the rest is drawn again. Fitted to 82 and 72 % of those who left bijstand for work still at it after 6 and 18 months (CBS 2024).
const (
	fixedShare  = 0.961
	renewPerMon = 1.0 / 6.5
)

// phi is the standard normal distribution function.
func phi(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// drawWork decides for each reference day whether the person works, then lays the jobs over the months that do.
//
// The person works while a latent draw, uniform over people, lies under the share of their group at that month. The draw is a fixed part plus a part that
// is renewed now and then, so the shares of the group are met at every month while spells last for many months.
func (p *Person) drawWork() {
	m := p.model
	start := p.Applied
	if start == 0 {
		start = p.Permit
	}
	p.Base = start.Month()
	for i := p.Base; i.Last() <= m.AsOf; i++ {
		p.months = append(p.months, monthState{})
	}
	p.workInProcedure()
	if p.Permit == 0 || p.BSN == 0 || len(p.months) == 0 {
		return
	}
	u := p.latent(0)
	for i := int(p.Permit.Month() - p.Base); i < len(p.months); i++ {
		if k := int(p.Base-p.Permit.Month()) + i; p.luck.renews(k, renewPerMon) {
			u = p.latent(k)
		}
		ref := (p.Base + calendar.Month(i)).Last()
		if ref >= p.BSN && p.Here(ref) && u < p.workShareOn(ref) {
			p.months[i].work = true
		}
	}
	p.layJobs()
}

// latent is how little the person is inclined to work, 0-1; k is the month since the permit in which the changing part of it was drawn.
func (p *Person) latent(k int) float64 {
	return phi(math.Sqrt(fixedShare)*p.luck.lasting + math.Sqrt(1-fixedShare)*p.luck.renewed(k))
}

// workShareOn is the share of people like this one who work on a reference day.
func (p *Person) workShareOn(ref calendar.Day) float64 {
	age := p.Age(ref)
	if age < 18 {
		if age >= 16 {
			return 0.06
		}
		return 0
	}
	if p.Group.Kind == Displaced {
		return p.displacedShare(ref, age)
	}
	return min(p.model.workShare[p.seat.index][p.monthsSince(ref)]*p.inclination(ref), highestShare)
}

func (p *Person) monthsSince(ref calendar.Day) int {
	return min(int(ref.Month()-p.Permit.Month()), maxK-1)
}

// inclination is how much more or less likely than a man of average age the person is to work.
func (p *Person) inclination(ref calendar.Day) float64 {
	factor := ageFactor(p.Age(ref))
	if !p.Man {
		factor *= p.model.shifted[p.monthsSince(ref)]
	}
	return factor
}

// displacedShare follows the calendar; people find work in their first months.
func (p *Person) displacedShare(ref calendar.Day, age int) float64 {
	share := at(displacedTarget, float64(ref.Month())) * (0.42 + 0.58*ageFactor(age)) * 1.21
	if !p.Man {
		share *= 0.94
	}
	if since := int(ref.Month() - p.Permit.Month()); since < 3 && ref.Year() > 2022 {
		share *= 0.3 + 0.25*float64(since)
	}
	return min(share, highestShare)
}

// layJobs covers each run of working months since the permit with jobs, after those under a work permit.
func (p *Person) layJobs() {
	first := max(0, int(p.Permit.Month()-p.Base))
	for _, j := range p.Jobs {
		for first < len(p.months) && (p.Base+calendar.Month(first)).Last() <= j.End {
			first++
		}
	}
	for i := first; i < len(p.months); i++ {
		if !p.months[i].work {
			continue
		}
		last := i
		for last+1 < len(p.months) && p.months[last+1].work {
			last++
		}
		p.layRun(i, last)
		i = last
	}
}

// layRun lays jobs over months first to last: it starts in the first month and ends on the last day of the last month or in the month after it.
func (p *Person) layRun(first, last int) {
	from := max((p.Base + calendar.Month(first)).First(), p.Permit, p.BSN)
	to := (p.Base + calendar.Month(first)).Last()
	if n := len(p.Jobs); n > 0 && p.Jobs[n-1].End >= from { // a job under a work permit goes on into this run
		from = min(p.Jobs[n-1].End+1, to)
	}
	start := from + calendar.Day(p.Rand.IntN(int(to-from)+1))
	j := p.DrawJob(start)
	for i := first; i < last; i++ {
		leave := 0.032
		if j.PermanentFrom != 0 && j.PermanentFrom < (p.Base+calendar.Month(i)).Last() {
			leave = 0.012
		}
		if !p.Chance(leave) {
			continue
		}
		end := (p.Base + calendar.Month(i)).Last()
		if p.Chance(0.4) {
			end += calendar.Day(p.Between(1, 20))
		}
		if end < j.Start+14 {
			continue
		}
		j.End = end
		p.Jobs = append(p.Jobs, j)
		j = p.DrawJob(end + 1)
	}
	if last < len(p.months)-1 {
		j.End = (p.Base + calendar.Month(last)).Last()
		if p.Chance(0.5) {
			j.End += calendar.Day(p.Between(1, 25))
		}
		if p.Exit != 0 {
			j.End = min(j.End, p.Exit)
		}
		j.End = max(j.End, j.Start)
	}
	p.Jobs = append(p.Jobs, j)
}

// procedureRequests is the monthly chance that an adult man in procedure for more than half a year, with a BSN, asks for a work permit (TWV), by month.
//
// Fitted to 600 requests in 2022, 2,000 in 2023, 1,550 in the first quarter of 2024, and 7,400 permits in 2024 (UWV). From 2025 on an assumption.
var procedureRequests = []point{
	{float64(calendar.MonthOf(2021, 12)), 0.002}, {float64(calendar.MonthOf(2022, 1)), 0.024}, {float64(calendar.MonthOf(2022, 12)), 0.024}, {float64(calendar.MonthOf(2023, 1)), 0.08}, {float64(calendar.MonthOf(2023, 12)), 0.13},
	{float64(calendar.MonthOf(2024, 1)), 0.10}, {float64(calendar.MonthOf(2024, 3)), 0.13}, {float64(calendar.MonthOf(2024, 5)), 0.65}, {float64(calendar.MonthOf(2024, 12)), 0.80}, {float64(calendar.MonthOf(2025, 3)), 0.15},
}

const (
	womenRequests = 0.3 // relative to men
	// Up to the end of 2023 nearly all who asked got a permit soon after: of those who lived in an azc 4 % had worked there before it (CBS SWI 2023),
	// as many as there were work permits to go round. The others ask this much less.
	lessProspects = 0.08
)

// twvWork are the jobs that permits were given for: cleaner 20 %, production worker 10 % (RD 2024), the rest an assumption.
var twvWork = []struct {
	Weighted
	sector string
}{
	{Weighted{"schoonmaker", 20}, "18"}, {Weighted{"productiemedewerker", 10}, "51"}, {Weighted{"medewerker bediening", 14}, "33"},
	{Weighted{"keukenhulp", 14}, "33"}, {Weighted{"orderpicker", 12}, "52"}, {Weighted{"medewerker tuinbouw", 10}, "01"},
	{Weighted{"vakkenvuller", 6}, "19"}, {Weighted{"chauffeur", 4}, "32"}, {Weighted{"medewerker zorg", 4}, "35"}, {Weighted{"bouwvakhelper", 6}, "03"},
}

// drawWorkPermits draws the work-permit requests of the months in procedure.
func (p *Person) drawWorkPermits() {
	if p.Arrived == 0 || p.BSN == 0 || p.Group.Kind == Displaced || p.family {
		return
	}
	end := p.Permit
	if end == 0 {
		end = p.Refusal
	}
	if end == 0 || end > p.model.AsOf {
		end = p.model.AsOf
	}
	for d := max(p.Arrived+183, p.BSN); d < end; d += 30 {
		age := p.Age(d)
		if age < 18 || age > 60 {
			continue
		}
		rate := at(procedureRequests, float64(d.Month()))
		if !p.Man {
			rate *= womenRequests
		}
		if d.Year() <= 2023 && (p.Permit == 0 || p.Permit.Year() > 2023) {
			rate *= lessProspects
		}
		if p.luck.lasting > 0.8 || !p.Chance(rate) {
			continue
		}
		w := p.workPermit(d)
		p.Permits = append(p.Permits, w)
		d = w.Decided + 90 // who is refused waits with the next request
		if w.Decision == "verleend" {
			d = w.To
		}
	}
}

func (p *Person) workPermit(d calendar.Day) WorkPermit {
	w := WorkPermit{Requested: d + calendar.Day(p.Rand.IntN(28))}
	u := p.Rand.Float64() * 100
	i := 0
	for ; i < len(twvWork)-1; i++ {
		if u -= twvWork[i].Weight; u < 0 {
			break
		}
	}
	w.Occupation, w.Sector = twvWork[i].Code, twvWork[i].sector
	w.Decided = w.Requested + calendar.Day(p.Between(10, 42))
	refused := 0.06
	if w.Requested.Year() >= 2024 {
		refused = 0.26 // 25-30 % in 2024 (RD 2024)
	}
	switch {
	case p.Chance(refused):
		w.Decision = "geweigerd"
	case p.Chance(0.03):
		w.Decision = "ingetrokken"
	default:
		w.Decision = "verleend"
		weeks := 24 // the limit of 24 weeks in 52 fell at the end of 2023
		if w.Requested >= calendar.DayOf(2023, 11, 29) {
			weeks = 52
		}
		w.From = w.Decided + calendar.Day(p.Between(1, 20))
		w.To = w.From + calendar.Day(weeks*7) - 1
	}
	return w
}

// workInProcedure lays a job under each granted work permit of someone with a BSN.
func (p *Person) workInProcedure() {
	for _, w := range p.Permits {
		if w.Decision != "verleend" || p.BSN == 0 || w.From > p.model.AsOf {
			continue
		}
		start := max(w.From, p.BSN+10)
		end := w.To
		if p.Permit != 0 {
			end = min(end, p.Permit+calendar.Day(p.Between(5, 25)))
		}
		if p.Refusal != 0 {
			end = min(end, p.Refusal)
		}
		if end < start+20 {
			continue
		}
		j := p.DrawJob(start)
		j.Sector, j.PermanentFrom, j.End = w.Sector, 0, end
		if w.Sector == "52" {
			j.Form = Agency
		} else if j.Form == Agency || j.Form == BBL {
			j.Form = FixedTerm
		}
		p.Jobs = append(p.Jobs, j)
		for i := range p.months {
			if ref := (p.Base + calendar.Month(i)).Last(); ref >= start && ref <= end {
				p.months[i].work = true
			}
		}
	}
}
