package synth

import "math"

// contract is the form of a job, as the wage records show it.
type contract uint8

const (
	fixedTerm contract = iota
	agency
	payroll
	bbl
	onCall
)

// job is one contract with one employer; end is 0 while it goes on.
type job struct {
	start, end    day
	sector        string
	employer      uint64
	form          contract
	permanentFrom day
	hours         float64 // a week
	cents         int     // an hour, of the year 2022
}

// persistence of the chance of work: the share of its variance that is fixed for a person (health, schooling, household), and how often, per month,
// the rest is drawn anew. Fitted to 82 and 72 % of those who left bijstand for work still at it after 6 and 18 months (CBS 2024).
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
func (p *person) drawWork() {
	m := p.model
	start := p.applied
	if start == 0 {
		start = p.permit
	}
	p.base = start.month()
	for i := p.base; i.last() <= m.asOf; i++ {
		p.months = append(p.months, monthState{})
	}
	p.workInProcedure()
	if p.permit == 0 || p.bsn == 0 || len(p.months) == 0 {
		return
	}
	u := p.latent(0)
	for i := int(p.permit.month() - p.base); i < len(p.months); i++ {
		if k := int(p.base-p.permit.month()) + i; p.luck.renews(k, renewPerMon) {
			u = p.latent(k)
		}
		ref := (p.base + month(i)).last()
		if ref >= p.bsn && p.here(ref) && u < p.workShareOn(ref) {
			p.months[i].work = true
		}
	}
	p.layJobs()
}

// latent is how little the person is inclined to work, 0-1; k is the month since the permit in which the changing part of it was drawn.
func (p *person) latent(k int) float64 {
	return phi(math.Sqrt(fixedShare)*p.luck.lasting + math.Sqrt(1-fixedShare)*p.luck.renewed(k))
}

// workShareOn is the share of people like this one who work on a reference day.
func (p *person) workShareOn(ref day) float64 {
	age := p.age(ref)
	if age < 18 {
		if age >= 16 {
			return 0.06
		}
		return 0
	}
	if p.group.kind == displaced {
		return p.displacedShare(ref, age)
	}
	return min(p.model.workShare[p.seat.index][p.monthsSince(ref)]*p.inclination(ref), highestShare)
}

func (p *person) monthsSince(ref day) int { return min(int(ref.month()-p.permit.month()), maxK-1) }

// inclination is how much more or less likely than a man of average age the person is to work.
func (p *person) inclination(ref day) float64 {
	factor := ageFactor(p.age(ref))
	if !p.man {
		factor *= p.model.shifted[p.monthsSince(ref)]
	}
	return factor
}

// displacedShare follows the calendar; people find work in their first months.
func (p *person) displacedShare(ref day, age int) float64 {
	share := at(displacedTarget, float64(ref.month())) * (0.42 + 0.58*ageFactor(age)) * 1.21
	if !p.man {
		share *= 0.94
	}
	if since := int(ref.month() - p.permit.month()); since < 3 && ref.year() > 2022 {
		share *= 0.3 + 0.25*float64(since)
	}
	return min(share, highestShare)
}

// layJobs covers each run of working months since the permit with jobs, after those under a work permit.
func (p *person) layJobs() {
	first := max(0, int(p.permit.month()-p.base))
	for _, j := range p.jobs {
		for first < len(p.months) && (p.base+month(first)).last() <= j.end {
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
func (p *person) layRun(first, last int) {
	from := max((p.base + month(first)).first(), p.permit, p.bsn)
	to := (p.base + month(first)).last()
	if n := len(p.jobs); n > 0 && p.jobs[n-1].end >= from { // a job under a work permit goes on into this run
		from = min(p.jobs[n-1].end+1, to)
	}
	start := from + day(p.rng.IntN(int(to-from)+1))
	j := p.drawJob(start)
	for i := first; i < last; i++ {
		leave := 0.032
		if j.permanentFrom != 0 && j.permanentFrom < (p.base+month(i)).last() {
			leave = 0.012
		}
		if !p.chance(leave) {
			continue
		}
		end := (p.base + month(i)).last()
		if p.chance(0.4) {
			end += day(p.between(1, 20))
		}
		if end < j.start+14 {
			continue
		}
		j.end = end
		p.jobs = append(p.jobs, j)
		j = p.drawJob(end + 1)
	}
	if last < len(p.months)-1 {
		j.end = (p.base + month(last)).last()
		if p.chance(0.5) {
			j.end += day(p.between(1, 25))
		}
		if p.exit != 0 {
			j.end = min(j.end, p.exit)
		}
		j.end = max(j.end, j.start)
	}
	p.jobs = append(p.jobs, j)
}

// procedureRequests is the monthly chance that an adult man in procedure for more than half a year, with a BSN, asks for a work permit (TWV), by month.
//
// Fitted to 600 requests in 2022, 2,000 in 2023, 1,550 in the first quarter of 2024, and 7,400 permits in 2024 (UWV). From 2025 on an assumption.
var procedureRequests = []point{
	{float64(monthOf(2021, 12)), 0.002}, {float64(monthOf(2022, 1)), 0.024}, {float64(monthOf(2022, 12)), 0.024}, {float64(monthOf(2023, 1)), 0.08}, {float64(monthOf(2023, 12)), 0.13},
	{float64(monthOf(2024, 1)), 0.10}, {float64(monthOf(2024, 3)), 0.13}, {float64(monthOf(2024, 5)), 0.65}, {float64(monthOf(2024, 12)), 0.80}, {float64(monthOf(2025, 3)), 0.15},
}

const (
	womenRequests = 0.3 // relative to men
	// Up to the end of 2023 nearly all who asked got a permit soon after: of those who lived in an azc 4 % had worked there before it (CBS SWI 2023),
	// as many as there were work permits to go round. The others ask this much less.
	lessProspects = 0.08
)

// twvWork are the jobs that permits were given for: cleaner 20 %, production worker 10 % (RD 2024), the rest an assumption.
var twvWork = []struct {
	weighted
	sector string
}{
	{weighted{"schoonmaker", 20}, "18"}, {weighted{"productiemedewerker", 10}, "51"}, {weighted{"medewerker bediening", 14}, "33"},
	{weighted{"keukenhulp", 14}, "33"}, {weighted{"orderpicker", 12}, "52"}, {weighted{"medewerker tuinbouw", 10}, "01"},
	{weighted{"vakkenvuller", 6}, "19"}, {weighted{"chauffeur", 4}, "32"}, {weighted{"medewerker zorg", 4}, "35"}, {weighted{"bouwvakhelper", 6}, "03"},
}

// drawWorkPermits draws the work-permit requests of the months in procedure.
func (p *person) drawWorkPermits() {
	if p.arrived == 0 || p.bsn == 0 || p.group.kind == displaced || p.family {
		return
	}
	end := p.permit
	if end == 0 {
		end = p.refusal
	}
	if end == 0 || end > p.model.asOf {
		end = p.model.asOf
	}
	for d := max(p.arrived+183, p.bsn); d < end; d += 30 {
		age := p.age(d)
		if age < 18 || age > 60 {
			continue
		}
		rate := at(procedureRequests, float64(d.month()))
		if !p.man {
			rate *= womenRequests
		}
		if d.year() <= 2023 && (p.permit == 0 || p.permit.year() > 2023) {
			rate *= lessProspects
		}
		if p.luck.lasting > 0.8 || !p.chance(rate) {
			continue
		}
		w := p.workPermit(d)
		p.permits = append(p.permits, w)
		d = w.decided + 90 // who is refused waits with the next request
		if w.decision == "verleend" {
			d = w.to
		}
	}
}

func (p *person) workPermit(d day) workPermit {
	w := workPermit{requested: d + day(p.rng.IntN(28))}
	u := p.rng.Float64() * 100
	i := 0
	for ; i < len(twvWork)-1; i++ {
		if u -= twvWork[i].weight; u < 0 {
			break
		}
	}
	w.occupation, w.sector = twvWork[i].code, twvWork[i].sector
	w.decided = w.requested + day(p.between(10, 42))
	refused := 0.06
	if w.requested.year() >= 2024 {
		refused = 0.26 // 25-30 % in 2024 (RD 2024)
	}
	switch {
	case p.chance(refused):
		w.decision = "geweigerd"
	case p.chance(0.03):
		w.decision = "ingetrokken"
	default:
		w.decision = "verleend"
		weeks := 24 // the limit of 24 weeks in 52 fell at the end of 2023
		if w.requested >= dayOf(2023, 11, 29) {
			weeks = 52
		}
		w.from = w.decided + day(p.between(1, 20))
		w.to = w.from + day(weeks*7) - 1
	}
	return w
}

// workInProcedure lays a job under each granted work permit of someone with a BSN.
func (p *person) workInProcedure() {
	for _, w := range p.permits {
		if w.decision != "verleend" || p.bsn == 0 || w.from > p.model.asOf {
			continue
		}
		start := max(w.from, p.bsn+10)
		end := w.to
		if p.permit != 0 {
			end = min(end, p.permit+day(p.between(5, 25)))
		}
		if p.refusal != 0 {
			end = min(end, p.refusal)
		}
		if end < start+20 {
			continue
		}
		j := p.drawJob(start)
		j.sector, j.permanentFrom, j.end = w.sector, 0, end
		if w.sector == "52" {
			j.form = agency
		} else if j.form == agency || j.form == bbl {
			j.form = fixedTerm
		}
		p.jobs = append(p.jobs, j)
		for i := range p.months {
			if ref := (p.base + month(i)).last(); ref >= start && ref <= end {
				p.months[i].work = true
			}
		}
	}
}
