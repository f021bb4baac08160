package synth

import (
	"math"
	"math/rand/v2"
)

// home is a stay in one municipality; to is the last day, 0 when it goes on.
type home struct {
	town     int
	from, to day
	reason   string
}

// person is one synthetic human being: the course of a life, before any supplier looks at it. Dates are 0 when the event has not happened by the as-of day.
type person struct {
	n         int
	group     cell
	seat      seat
	nation    string
	man       bool
	birthYear int
	family    bool   // followed a family member
	route     string // instroom
	education int    // 0 none or primary, 1 secondary, 2 vocational, 3 higher
	luck      luck

	applied     day // asylum application or registration as displaced
	arrived     day // first night with COA; 0 for those who never lived in an azc
	permit      day // title 26 or TB
	refusal     day
	coupled     day
	settled     day // first day in a municipality
	bsn         day // first day on which the BSN is known; 0 never
	exit        day // last day in the country
	exitHow     string
	homes       []home
	months      []monthState // from base on
	base        month
	permits     []workPermit
	spells      []benefitSpell
	jobs        []job
	rng         *rand.Rand
	pcg         *rand.PCG
	model       *model
	integration integration
	husband     *person // of a woman who followed him and is on one benefit with him
	other       *person // room for the husband
}

// monthState is what holds on the reference day of a month.
type monthState struct {
	work    bool
	benefit bool
}

// workPermit is a TWV request.
type workPermit struct {
	requested, decided day
	decision           string
	from, to           day
	sector             string
	occupation         string
}

func newPerson(m *model) *person {
	pcg := rand.NewPCG(0, 0)
	return &person{pcg: pcg, rng: rand.New(pcg), model: m} //nolint:gosec // the same seed gives the same made-up people
}

// begin draws who person n is and where the person lives and when. The draws depend on the seed, the number of persons and n only.
func (p *person) begin(n int) {
	*p = person{n: n, rng: p.rng, pcg: p.pcg, model: p.model, homes: p.homes[:0], months: p.months[:0], permits: p.permits[:0], spells: p.spells[:0], jobs: p.jobs[:0], other: p.other}
	p.pcg.Seed(p.model.seed, uint64(n)*0x9e3779b97f4a7c15+1)
	p.seat = p.model.seatOf(n)
	p.group, p.luck = p.seat.cell, p.model.luckOf(&p.seat, n)
	p.drawWho()
	p.drawArrival()
	p.drawSettling()
	p.drawExit()
	p.findHusband()
	if p.husband != nil {
		p.moveIn()
	} else {
		p.drawMoves()
	}
	p.drawBSN()
}

// live draws the whole life of person n anew.
func (p *person) live(n int) {
	p.begin(n)
	p.drawWorkPermits()
	p.drawWork()
	p.drawBenefit()
	p.integration = p.integrate()
}

func (p *person) chance(share float64) bool { return p.rng.Float64() < share }

// between draws a whole number from lo to hi, both included.
func (p *person) between(lo, hi int) int { return lo + p.rng.IntN(hi-lo+1) }

// logNormal draws with the given median and spread of the logarithm.
func (p *person) logNormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*p.rng.NormFloat64())
}

func (p *person) pick(list []weighted) string {
	sum := 0.0
	for _, w := range list {
		sum += w.weight
	}
	u := p.rng.Float64() * sum
	for _, w := range list {
		if u -= w.weight; u < 0 {
			return w.code
		}
	}
	return list[len(list)-1].code
}

// drawWho draws who the person is. Age, sex and route come from the seat, not from chance alone.
func (p *person) drawWho() {
	p.nation = nationalityCode[p.group.nation]
	if p.nation == "" {
		p.nation = p.pick(otherNationalities)
	}
	w := whoAt(p.model.mixes[p.seat.index], p.model.place(&p.seat))
	p.man, p.family, p.birthYear = w.man, w.family, p.group.year-w.age
	p.route = "zelf"
	if p.family {
		p.route = "nareis"
	} else if p.group.kind == permitHolder && p.chance(0.03) {
		p.route = "hervestiging"
	}
	p.drawEducation()
}

// drawEducation draws schooling, which goes with the chance of work, loosely.
func (p *person) drawEducation() {
	score := 0.4*-p.luck.lasting + 0.9*p.rng.NormFloat64()
	switch {
	case score < -0.5:
		p.education = 0
	case score < 0.4:
		p.education = 1
	case score < 0.9:
		p.education = 2
	default:
		p.education = 3
	}
}

// procedureMonths is the median length of the asylum procedure by year of the permit. Assumption after IND and COA annual figures.
var procedureMonths = []point{{2014, 4}, {2015, 5}, {2016, 9}, {2017, 8}, {2018, 9}, {2019, 11}, {2020, 12}, {2021, 9}, {2022, 10}, {2023, 13}, {2024, 15}, {2026, 17}}

// settleMonths is the median wait for a home after the permit, settleSpread the deviation of its logarithm. 2022: a third of those settled had waited
// three months or longer, and 8,300 of 19,000 were still with COA at the end of the year (CBS SWI 2022): some wait a few weeks, others more than a year.
// Other years are assumptions after COA's figures.
var (
	settleMonths = []point{{2014, 4}, {2015, 6}, {2016, 6.5}, {2017, 5}, {2018, 4}, {2019, 5}, {2020, 5}, {2021, 4.5}, {2022, 7.5}, {2023, 5.5}, {2024, 6.5}, {2026, 7}}
	settleSpread = []point{{2020, 0.6}, {2021, 0.9}, {2022, 1.7}, {2023, 1.2}, {2024, 0.9}}
)

// longestWait is the most that anybody waits for a home, months.
const longestWait = 16

func (p *person) drawArrival() {
	asOf := p.model.asOf
	start := dayOf(p.group.year, 1, 1)
	length := int(dayOf(p.group.year+1, 1, 1) - start)
	if p.group.year == asOf.year() {
		length = int(asOf-start) + 1
	}
	at := start + day(p.rng.IntN(length))
	if p.group.kind == permitHolder && p.group.year == 2022 {
		at = p.permit2022(start)
	}
	switch p.group.kind {
	case permitHolder:
		p.permit = at
		wait := p.logNormal(atYear(procedureMonths, p.group.year), 0.45)
		if p.family {
			wait = 0.3 + p.rng.Float64()
		}
		p.applied = at - day(wait*30.4) - 1
		if p.route == "zelf" || p.chance(0.6) {
			p.arrived = p.applied + day(p.between(0, 9))
		}
	case displaced:
		if p.group.year == 2022 {
			at = dayOf(2022, 3, 4) + day(math.Abs(p.rng.NormFloat64())*75)
		}
		p.applied, p.permit = at, at
	case procedure:
		p.applied = asOf - day(p.rng.Float64()*p.rng.Float64()*800)
		p.arrived = p.applied + day(p.between(0, 5))
	case refused:
		p.applied = at
		p.arrived = at + day(p.between(0, 5))
		p.refusal = at + day(p.logNormal(9, 0.5)*30.4)
	}
	p.birthYear = min(p.birthYear, p.applied.year()) // nobody is born after the application
}

// permit2022 draws a day of 2022 such that each nationality has its permits of the first half of the year.
func (p *person) permit2022(start day) day {
	summer := dayOf(2022, 7, 1)
	if math.Mod(float64(p.seat.rank)*math.Phi, 1) < firstHalf2022[p.group.nation]/sizeOf(2022)[p.group.nation] {
		return start + day(p.rng.IntN(int(summer-start)))
	}
	return summer + day(p.rng.IntN(int(dayOf(2023, 1, 1)-summer)))
}

func atYear(curve []point, year int) float64 { return at(curve, float64(year)) }

func (p *person) drawSettling() {
	if p.permit == 0 {
		return
	}
	year := p.permit.year()
	months := p.logNormal(atYear(settleMonths, year), atYear(settleSpread, year))
	if months > longestWait {
		months = longestWait * (1 + p.rng.Float64()) / 2
	}
	wait := months * 30.4
	if p.group.kind == displaced {
		wait = p.logNormal(0.3, 0.5) * 30.4
	} else if p.arrived == 0 {
		wait = float64(p.between(0, 20))
	} else if p.family {
		wait *= 0.5
	}
	p.settled = p.permit + day(wait) + 1
	if p.chance(0.25) { // housing starts on the first of a month for many
		p.settled = (p.settled.month() + 1).first()
	}
	p.coupled = p.permit + day((0.1+0.5*p.rng.Float64())*float64(p.settled-p.permit))
}

func (p *person) drawExit() {
	from := p.settled
	if from == 0 {
		from = p.refusal
	}
	if from == 0 {
		return
	}
	leave, die := rateEmigratePerYear, rateDiePerYear
	switch p.group.kind {
	case displaced:
		leave = 0.06
	case refused:
		p.exit, p.exitHow = from+day(p.rng.ExpFloat64()*200), "geemigreerd"
		return
	}
	age := p.permit.year() - p.birthYear
	if age > 60 {
		die *= 10
	}
	left := day(p.rng.ExpFloat64() / leave * 365)
	died := day(min(p.rng.ExpFloat64()/die, 200) * 365)
	if left < died {
		p.exit, p.exitHow = from+left, "geemigreerd"
	} else {
		p.exit, p.exitHow = from+died, "overleden"
	}
	if p.exit > p.model.asOf {
		p.exit, p.exitHow = 0, ""
	}
}

// drawMoves lays out the municipalities that the person lives in.
func (p *person) drawMoves() {
	if p.settled == 0 || p.settled > p.model.asOf {
		return
	}
	from, town := p.settled, p.model.townAt(p.rng.Float64())
	for {
		to := from + day(min(p.rng.ExpFloat64()/rateMovePerYear, 100)*365) + 60
		last := p.model.asOf
		if p.exit != 0 {
			last = min(last, p.exit)
		}
		if to >= last {
			break
		}
		p.homes = append(p.homes, home{town, from, to, "verhuisd"})
		next := p.model.townAt(p.rng.Float64())
		if next == town {
			next = (town + 1) % len(p.model.towns)
		}
		from, town = to+1, next
	}
	p.homes = append(p.homes, home{town, from, p.exit, p.exitHow})
}

func (p *person) drawBSN() {
	switch {
	case p.group.kind == permitHolder && p.chance(rateNoBSN), p.group.kind == refused:
		return
	case p.group.kind == displaced:
		p.bsn = p.applied + day(p.between(5, 60))
	case p.group.kind == procedure:
		p.bsn = p.applied + day(180+p.logNormal(3, 0.6)*30.4)
	default:
		p.bsn = p.settled + day(p.between(0, 25))
		// Registration while still in the azc, after half a year; a long queue from 2022 on.
		if p.arrived != 0 && p.chance(0.8) {
			queue := 1.0
			if p.arrived.year() >= 2021 {
				queue = 3
			}
			p.bsn = min(p.bsn, p.arrived+day(180+p.logNormal(queue, 0.6)*30.4))
			if p.permit-p.arrived > 30 {
				p.bsn = min(p.bsn, p.permit+day(p.between(4, 40)))
			}
		}
	}
	if p.bsn > p.model.asOf {
		p.bsn = 0
	}
}

// age is the year of d minus the birth year, as the facts count it.
func (p *person) age(d day) int { return d.year() - p.birthYear }

// here tells whether the person is in the country on d.
func (p *person) here(d day) bool { return p.exit == 0 || d <= p.exit }
