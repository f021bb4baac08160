package synth

// inburgeringLaw is the law that the person's obligation falls under; empty without an obligation.
func (p *person) inburgeringLaw() string {
	if p.group.kind != permitHolder || p.permit == 0 || p.bsn == 0 {
		return ""
	}
	if age := p.age(p.permit); age < 16 || age > 66 { // younger children go to school here
		return ""
	}
	if p.obligationStart() >= dayOf(2022, 1, 1) {
		return "Wi2021"
	}
	return "Wi2013"
}

// obligationStart is the day on which the obligation begins: the permit, or the year of the 18th birthday.
func (p *person) obligationStart() day {
	return max(p.permit, dayOf(p.birthYear+18, 1, 1))
}

// Months from the permit to the exam under Wi2013: of cohort 2014 6 % had passed on 1-10-2016 and 58 % on 1-10-2018 (CBS 2018, 2019).
// With 73 % who pass in the end, a normal spread through both points has this mean and deviation.
const (
	examMean      = 41.0
	examDeviation = 10.0
	examShare     = 0.73
	dispensed     = 0.265 // ontheffing 21 % (Divosa 2021)
	exempted      = 0.006
)

// inburgering outcome of a person, drawn once and used by the municipality and by DUO.
type integration struct {
	law        string
	start      day
	fulfilled  day
	dispensed  day
	exempted   bool
	medical    bool
	level      string
	switched   day
	intake     day
	intakeDone day
	pip        day
	route      string
	mapDone    day
	pvt        day
}

// integrate draws the course of the inburgering from random numbers of its own, so that both suppliers tell the same story.
func (p *person) integrate() integration {
	in := integration{law: p.inburgeringLaw(), level: "A2"}
	if in.law == "" {
		return in
	}
	in.start = p.obligationStart()
	in.exempted = p.chance(exempted)
	u := p.rng.Float64()
	after := func(months float64) day { return in.start + day(max(months, 6)*30.4) }
	switch {
	case in.exempted:
	case u < examShare:
		in.fulfilled = after(examMean + examDeviation*p.rng.NormFloat64())
	case u < examShare+dispensed:
		in.dispensed, in.medical = after(30+11*p.rng.NormFloat64()), p.chance(0.3)
	}
	if in.law == "Wi2013" {
		if y := in.start.year(); y >= 2020 && (in.fulfilled == 0 || in.fulfilled.year() > 2022) && p.chance(rateSwitchLaw) {
			in.switched = dayOf(2022, 1, 1) + day(p.rng.IntN(400))
		} else {
			return in
		}
	}
	p.newLaw(&in)
	return in
}

// newLaw draws what the municipality does under Wi2021. Intake started by the end of 2022 for 35 % of cohort 2022, by the end of 2023 for 88 %, and for
// 45 % of cohort 2023 (CBS SWI 2022 and 2023); a PIP for less than 30 % at the end of 2022.
func (p *person) newLaw(in *integration) {
	if p.settled == 0 || p.chance(0.04) {
		return
	}
	wait, warm := 3.2, 0.06
	if p.settled.year() >= 2023 {
		wait, warm = 1.25, 0.22
	}
	in.intake = max(p.settled, in.start, in.switched) + day(p.logNormal(wait, 0.9)*30.4)
	if p.chance(warm) && p.coupled > in.start { // a warm transfer: before the move
		in.intake = max(p.coupled, in.start) + day(p.between(5, 60))
	}
	in.intakeDone = in.intake + day(p.between(14, 70))
	in.pip = in.intakeDone + day(p.between(5, 80))
	if in.intake.year() == 2022 { // few to serve yet
		in.intakeDone = in.intake + day(p.between(5, 25))
		in.pip = in.intakeDone + day(p.between(5, 45))
	}
	u := p.rng.Float64() - 0.12*float64(p.education)
	switch {
	case u < 0.42:
		in.route, in.level = "B1", "B1"
		if p.education == 3 && p.chance(0.3) {
			in.level = "B2"
		}
	case u < 0.86:
		in.route = "Z"
	default:
		in.route = "O"
	}
	if p.age(in.pip) < 28 && p.chance(0.25) {
		in.route, in.level = "O", "B1"
	}
	in.pvt = in.pip + day(p.between(0, 60))
	in.mapDone = in.pip + day(p.between(200, 700))
	if in.fulfilled != 0 {
		in.fulfilled = max(in.pip+300, in.fulfilled-day(p.between(0, 300)))
		if in.route == "Z" { // a certificate of participation in place of an exam
			in.level = ""
		}
	}
}
