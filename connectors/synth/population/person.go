package population

import (
	"math"
	"math/rand/v2"

	"doorstroom/connectors/synth/calendar"
)

// Home is a stay in one municipality; To is the last day, 0 when it goes on.
type Home struct {
	Town     int
	From, To calendar.Day
	Reason   string
}

// Person is one synthetic human being: the course of a life, before any supplier looks at it. Dates are 0 when the event has not happened by the as-of day.
type Person struct {
	N         int
	Group     Cell
	seat      seat
	Nation    string
	Man       bool
	BirthYear int
	family    bool   // followed a family member
	Route     string // instroom
	Education int    // 0 none or primary, 1 secondary, 2 vocational, 3 higher
	luck      luck

	Applied     calendar.Day // asylum application or registration as displaced
	Arrived     calendar.Day // first night with COA; 0 for those who never lived in an azc
	Permit      calendar.Day // title 26 or TB
	Refusal     calendar.Day
	Coupled     calendar.Day
	Settled     calendar.Day // first day in a municipality
	BSN         calendar.Day // first day on which the BSN is known; 0 never
	Exit        calendar.Day // last day in the country
	ExitHow     string
	Homes       []Home
	months      []monthState // from Base on
	Base        calendar.Month
	Permits     []WorkPermit
	Spells      []BenefitSpell
	Jobs        []Job
	Rand        *rand.Rand
	pcg         *rand.PCG
	model       *Model
	Integration Integration
	Husband     *Person // of a woman who followed him and is on one benefit with him
	other       *Person // room for the husband
}

// monthState is what holds on the reference day of a month.
type monthState struct {
	work    bool
	benefit bool
}

// WorkPermit is a TWV request.
type WorkPermit struct {
	Requested, Decided calendar.Day
	Decision           string
	From, To           calendar.Day
	Sector             string
	Occupation         string
}

// NewPerson makes room for a person of the population, whom Live fills; it is for one worker.
func NewPerson(m *Model) *Person {
	pcg := rand.NewPCG(0, 0)
	return &Person{pcg: pcg, Rand: rand.New(pcg), model: m} //nolint:gosec // the same seed gives the same made-up people
}

// begin draws who person n is and where the person lives and when. The draws depend on the seed, the number of persons and n only.
func (p *Person) begin(n int) {
	*p = Person{N: n, Rand: p.Rand, pcg: p.pcg, model: p.model, Homes: p.Homes[:0], months: p.months[:0], Permits: p.Permits[:0], Spells: p.Spells[:0], Jobs: p.Jobs[:0], other: p.other}
	p.pcg.Seed(p.model.seed, uint64(n)*0x9e3779b97f4a7c15+1)
	p.seat = p.model.seatOf(n)
	p.Group, p.luck = p.seat.cell, p.model.luckOf(&p.seat, n)
	p.drawWho()
	p.drawArrival()
	p.drawSettling()
	p.drawExit()
	p.findHusband()
	if p.Husband != nil {
		p.moveIn()
	} else {
		p.drawMoves()
	}
	p.drawBSN()
}

// Live draws the whole life of person n.
func (p *Person) Live(n int) {
	p.begin(n)
	p.drawWorkPermits()
	p.drawWork()
	p.drawBenefit()
	p.Integration = p.integrate()
}

// Chance draws whether something happens that does so with this share, 0-1.
func (p *Person) Chance(share float64) bool { return p.Rand.Float64() < share }

// Between draws a whole number from lo to hi, both included.
func (p *Person) Between(lo, hi int) int { return lo + p.Rand.IntN(hi-lo+1) }

// LogNormal draws with the given median and spread of the logarithm.
func (p *Person) LogNormal(median, sigma float64) float64 {
	return median * math.Exp(sigma*p.Rand.NormFloat64())
}

// Pick draws one of the codes by their weights.
func (p *Person) Pick(list []Weighted) string {
	sum := 0.0
	for _, w := range list {
		sum += w.Weight
	}
	u := p.Rand.Float64() * sum
	for _, w := range list {
		if u -= w.Weight; u < 0 {
			return w.Code
		}
	}
	return list[len(list)-1].Code
}

// drawWho draws who the person is. Age, sex and route come from the seat, not from chance alone.
func (p *Person) drawWho() {
	p.Nation = nationalityCode[p.Group.Nation]
	if p.Nation == "" {
		p.Nation = p.Pick(otherNationalities)
	}
	w := whoAt(p.model.mixes[p.seat.index], p.model.place(&p.seat))
	p.Man, p.family, p.BirthYear = w.man, w.family, p.Group.Year-w.age
	p.Route = "zelf"
	if p.family {
		p.Route = "nareis"
	} else if p.Group.Kind == PermitHolder && p.Chance(0.03) {
		p.Route = "hervestiging"
	}
	p.drawEducation()
}

// drawEducation draws schooling, which goes with the chance of work, loosely.
func (p *Person) drawEducation() {
	score := 0.4*-p.luck.lasting + 0.9*p.Rand.NormFloat64()
	switch {
	case score < -0.5:
		p.Education = 0
	case score < 0.4:
		p.Education = 1
	case score < 0.9:
		p.Education = 2
	default:
		p.Education = 3
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

func (p *Person) drawArrival() {
	asOf := p.model.AsOf
	start := calendar.DayOf(p.Group.Year, 1, 1)
	length := int(calendar.DayOf(p.Group.Year+1, 1, 1) - start)
	if p.Group.Year == asOf.Year() {
		length = int(asOf-start) + 1
	}
	at := start + calendar.Day(p.Rand.IntN(length))
	if p.Group.Kind == PermitHolder && p.Group.Year == 2022 {
		at = p.permit2022(start)
	}
	switch p.Group.Kind {
	case PermitHolder:
		p.Permit = at
		wait := p.LogNormal(atYear(procedureMonths, p.Group.Year), 0.45)
		if p.family {
			wait = 0.3 + p.Rand.Float64()
		}
		p.Applied = at - calendar.Day(wait*30.4) - 1
		if p.Route == "zelf" || p.Chance(0.6) {
			p.Arrived = p.Applied + calendar.Day(p.Between(0, 9))
		}
	case Displaced:
		if p.Group.Year == 2022 {
			at = calendar.DayOf(2022, 3, 4) + calendar.Day(math.Abs(p.Rand.NormFloat64())*75)
		}
		p.Applied, p.Permit = at, at
	case Procedure:
		p.Applied = asOf - calendar.Day(p.Rand.Float64()*p.Rand.Float64()*800)
		p.Arrived = p.Applied + calendar.Day(p.Between(0, 5))
	case Refused:
		p.Applied = at
		p.Arrived = at + calendar.Day(p.Between(0, 5))
		p.Refusal = at + calendar.Day(p.LogNormal(9, 0.5)*30.4)
	}
	p.BirthYear = min(p.BirthYear, p.Applied.Year()) // nobody is born after the application
}

// permit2022 draws a day of 2022 such that each nationality has its permits of the first half of the year.
func (p *Person) permit2022(start calendar.Day) calendar.Day {
	summer := calendar.DayOf(2022, 7, 1)
	if math.Mod(float64(p.seat.rank)*math.Phi, 1) < firstHalf2022[p.Group.Nation]/sizeOf(2022)[p.Group.Nation] {
		return start + calendar.Day(p.Rand.IntN(int(summer-start)))
	}
	return summer + calendar.Day(p.Rand.IntN(int(calendar.DayOf(2023, 1, 1)-summer)))
}

func atYear(curve []point, year int) float64 { return at(curve, float64(year)) }

func (p *Person) drawSettling() {
	if p.Permit == 0 {
		return
	}
	year := p.Permit.Year()
	months := p.LogNormal(atYear(settleMonths, year), atYear(settleSpread, year))
	if months > longestWait {
		months = longestWait * (1 + p.Rand.Float64()) / 2
	}
	wait := months * 30.4
	if p.Group.Kind == Displaced {
		wait = p.LogNormal(0.3, 0.5) * 30.4
	} else if p.Arrived == 0 {
		wait = float64(p.Between(0, 20))
	} else if p.family {
		wait *= 0.5
	}
	p.Settled = p.Permit + calendar.Day(wait) + 1
	if p.Chance(0.25) { // housing starts on the first of a month for many
		p.Settled = (p.Settled.Month() + 1).First()
	}
	p.Coupled = p.Permit + calendar.Day((0.1+0.5*p.Rand.Float64())*float64(p.Settled-p.Permit))
}

func (p *Person) drawExit() {
	from := p.Settled
	if from == 0 {
		from = p.Refusal
	}
	if from == 0 {
		return
	}
	leave, die := RateEmigratePerYear, RateDiePerYear
	switch p.Group.Kind {
	case Displaced:
		leave = 0.06
	case Refused:
		p.Exit, p.ExitHow = from+calendar.Day(p.Rand.ExpFloat64()*200), "geemigreerd"
		return
	}
	age := p.Permit.Year() - p.BirthYear
	if age > 60 {
		die *= 10
	}
	left := calendar.Day(p.Rand.ExpFloat64() / leave * 365)
	died := calendar.Day(min(p.Rand.ExpFloat64()/die, 200) * 365)
	if left < died {
		p.Exit, p.ExitHow = from+left, "geemigreerd"
	} else {
		p.Exit, p.ExitHow = from+died, "overleden"
	}
	if p.Exit > p.model.AsOf {
		p.Exit, p.ExitHow = 0, ""
	}
}

// drawMoves lays out the municipalities that the person lives in.
func (p *Person) drawMoves() {
	if p.Settled == 0 || p.Settled > p.model.AsOf {
		return
	}
	from, town := p.Settled, p.model.TownAt(p.Rand.Float64())
	for {
		to := from + calendar.Day(min(p.Rand.ExpFloat64()/RateMovePerYear, 100)*365) + 60
		last := p.model.AsOf
		if p.Exit != 0 {
			last = min(last, p.Exit)
		}
		if to >= last {
			break
		}
		p.Homes = append(p.Homes, Home{town, from, to, "verhuisd"})
		next := p.model.TownAt(p.Rand.Float64())
		if next == town {
			next = (town + 1) % len(p.model.Towns)
		}
		from, town = to+1, next
	}
	p.Homes = append(p.Homes, Home{town, from, p.Exit, p.ExitHow})
}

func (p *Person) drawBSN() {
	switch {
	case p.Group.Kind == PermitHolder && p.Chance(RateNoBSN), p.Group.Kind == Refused:
		return
	case p.Group.Kind == Displaced:
		p.BSN = p.Applied + calendar.Day(p.Between(5, 60))
	case p.Group.Kind == Procedure:
		p.BSN = p.Applied + calendar.Day(180+p.LogNormal(3, 0.6)*30.4)
	default:
		p.BSN = p.Settled + calendar.Day(p.Between(0, 25))
		// Registration while still in the azc, after half a year; a long queue from 2022 on.
		if p.Arrived != 0 && p.Chance(0.8) {
			queue := 1.0
			if p.Arrived.Year() >= 2021 {
				queue = 3
			}
			p.BSN = min(p.BSN, p.Arrived+calendar.Day(180+p.LogNormal(queue, 0.6)*30.4))
			if p.Permit-p.Arrived > 30 {
				p.BSN = min(p.BSN, p.Permit+calendar.Day(p.Between(4, 40)))
			}
		}
	}
	if p.BSN > p.model.AsOf {
		p.BSN = 0
	}
}

// Age is the year of d minus the birth year, as the facts count it.
func (p *Person) Age(d calendar.Day) int { return d.Year() - p.BirthYear }

// Here tells whether the person is in the country on d.
func (p *Person) Here(d calendar.Day) bool { return p.Exit == 0 || d <= p.Exit }
