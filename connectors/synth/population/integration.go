package population

import (
	"doorstroom/connectors/synth/calendar"
)

// inburgeringLaw is the law that the person's obligation falls under; empty without an obligation.
func (p *Person) inburgeringLaw() string {
	if p.Group.Kind != PermitHolder || p.Permit == 0 || p.BSN == 0 {
		return ""
	}
	if age := p.Age(p.Permit); age < 16 || age > 66 { // younger children go to school here
		return ""
	}
	if p.obligationStart() >= calendar.DayOf(2022, 1, 1) {
		return "Wi2021"
	}
	return "Wi2013"
}

// obligationStart is the day on which the obligation begins: the permit, or the year of the 18th birthday.
func (p *Person) obligationStart() calendar.Day {
	return max(p.Permit, calendar.DayOf(p.BirthYear+18, 1, 1))
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

// Integration is the course of the inburgering of a person, drawn once and used by the municipality and by DUO.
type Integration struct {
	Law        string
	Start      calendar.Day
	Fulfilled  calendar.Day
	Dispensed  calendar.Day
	Exempted   bool
	Medical    bool
	Level      string
	Switched   calendar.Day
	Intake     calendar.Day
	IntakeDone calendar.Day
	PIP        calendar.Day
	Route      string
	MapDone    calendar.Day
	PVT        calendar.Day
}

// integrate draws the course of the inburgering from random numbers of its own, so that both suppliers tell the same story.
func (p *Person) integrate() Integration {
	in := Integration{Law: p.inburgeringLaw(), Level: "A2"}
	if in.Law == "" {
		return in
	}
	in.Start = p.obligationStart()
	in.Exempted = p.Chance(exempted)
	u := p.Rand.Float64()
	after := func(months float64) calendar.Day { return in.Start + calendar.Day(max(months, 6)*30.4) }
	switch {
	case in.Exempted:
	case u < examShare:
		in.Fulfilled = after(examMean + examDeviation*p.Rand.NormFloat64())
	case u < examShare+dispensed:
		in.Dispensed, in.Medical = after(30+11*p.Rand.NormFloat64()), p.Chance(0.3)
	}
	if in.Law == "Wi2013" {
		if y := in.Start.Year(); y >= 2020 && (in.Fulfilled == 0 || in.Fulfilled.Year() > 2022) && p.Chance(RateSwitchLaw) {
			in.Switched = calendar.DayOf(2022, 1, 1) + calendar.Day(p.Rand.IntN(400))
		} else {
			return in
		}
	}
	p.newLaw(&in)
	return in
}

// newLaw draws what the municipality does under Wi2021. Intake started by the end of 2022 for 35 % of cohort 2022, by the end of 2023 for 88 %, and for
// 45 % of cohort 2023 (CBS SWI 2022 and 2023); a PIP for less than 30 % at the end of 2022.
func (p *Person) newLaw(in *Integration) {
	if p.Settled == 0 || p.Chance(0.04) {
		return
	}
	wait, warm := 3.2, 0.06
	if p.Settled.Year() >= 2023 {
		wait, warm = 1.25, 0.22
	}
	in.Intake = max(p.Settled, in.Start, in.Switched) + calendar.Day(p.LogNormal(wait, 0.9)*30.4)
	if p.Chance(warm) && p.Coupled > in.Start { // a warm transfer: before the move
		in.Intake = max(p.Coupled, in.Start) + calendar.Day(p.Between(5, 60))
	}
	in.IntakeDone = in.Intake + calendar.Day(p.Between(14, 70))
	in.PIP = in.IntakeDone + calendar.Day(p.Between(5, 80))
	if in.Intake.Year() == 2022 { // few to serve yet
		in.IntakeDone = in.Intake + calendar.Day(p.Between(5, 25))
		in.PIP = in.IntakeDone + calendar.Day(p.Between(5, 45))
	}
	u := p.Rand.Float64() - 0.12*float64(p.Education)
	switch {
	case u < 0.42:
		in.Route, in.Level = "B1", "B1"
		if p.Education == 3 && p.Chance(0.3) {
			in.Level = "B2"
		}
	case u < 0.86:
		in.Route = "Z"
	default:
		in.Route = "O"
	}
	if p.Age(in.PIP) < 28 && p.Chance(0.25) {
		in.Route, in.Level = "O", "B1"
	}
	in.PVT = in.PIP + calendar.Day(p.Between(0, 60))
	in.MapDone = in.PIP + calendar.Day(p.Between(200, 700))
	if in.Fulfilled != 0 {
		in.Fulfilled = max(in.PIP+300, in.Fulfilled-calendar.Day(p.Between(0, 300)))
		if in.Route == "Z" { // a certificate of participation in place of an exam
			in.Level = ""
		}
	}
}
