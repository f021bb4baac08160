package population

import (
	"doorstroom/connectors/synth/calendar"
)

// Sectors of jobs by the year they start, permit holders. Published: hospitality 36 % and agencies 24 % of the working people of cohort 2014 after
// 30 months (nu.nl 2018); agencies 25 %, trade 21 %, hospitality 18 % in mid 2022 (ABU 2023). The other sectors are an assumption.
var (
	sectorsEarly = []Weighted{{"33", 37}, {"34", 4}, {"52", 22.5}, {"17", 6}, {"41", 2}, {"19", 2}, {"18", 6}, {"12", 3}, {"51", 2}, {"50", 2}, {"32", 3}, {"35", 4}, {"44", 3}, {"45", 2}, {"01", 2}, {"03", 1}, {"54", 1}, {"55", 1}}
	sectorsLate  = []Weighted{{"33", 13.5}, {"34", 2}, {"52", 19.5}, {"17", 12}, {"41", 5}, {"19", 5}, {"18", 5}, {"12", 4}, {"51", 3}, {"50", 3}, {"32", 5}, {"35", 6}, {"44", 3}, {"45", 2}, {"01", 2}, {"03", 1}, {"61", 1}, {"55", 1}}
)

// eritreanAgency: agencies employ 39 % of the working Eritreans (ABU 2023); the rest of the mix keeps its proportions.
const eritreanAgency = 0.39

// sectorsDisplaced: agencies 38 % of displaced employees (CBS 2025-02); the rest is an assumption.
var sectorsDisplaced = []Weighted{{"52", 38}, {"33", 12}, {"34", 2}, {"18", 8}, {"01", 7}, {"17", 7}, {"41", 4}, {"51", 6}, {"50", 4}, {"44", 4}, {"45", 2}, {"35", 2}, {"12", 2}, {"32", 2}}

const (
	firstLateYear = 2022 // sectorsLate holds from this year, sectorsEarly up to lastEarlyYear, mixed between
	lastEarlyYear = 2016
)

// hoursMix gives weights of the classes <12, 12-20, 20-25, 25-30, 30-35, 35+ hours a week. Displaced employees: 53 % 35 hours or more, 15 % 30-35
// (CBS 2025-02). Permit holders: most work part-time (kst-32824-381), the numbers are an assumption.
var (
	hoursMen       = []float64{9, 14, 12, 10, 13, 42}
	hoursWomen     = []float64{16, 26, 18, 13, 10, 17}
	hoursDisplaced = []float64{4, 7, 7, 8, 15, 59}
	hoursFrom      = []float64{4, 12.5, 20.5, 25.5, 31, 36.5}
	hoursTo        = []float64{11.5, 19, 24.5, 29.5, 34, 40}
)

// DrawJob draws the kind of a job that starts on a day.
func (p *Person) DrawJob(start calendar.Day) Job {
	j := Job{Start: start, Sector: p.PickSector(start)}
	j.Employer = p.PickEmployer(j.Sector)
	p.pickForm(&j)
	p.pickHours(&j)
	j.Cents = 1180 + int(p.Rand.ExpFloat64()*160) + 90*p.Education
	return j
}

// PickSector draws the sector of a job that starts on a day.
func (p *Person) PickSector(start calendar.Day) string {
	if p.Group.Kind == Displaced {
		return p.Pick(sectorsDisplaced)
	}
	late := float64(start.Year()-lastEarlyYear) / (firstLateYear - 1 - lastEarlyYear)
	mix := sectorsEarly
	if p.Chance(late) {
		mix = sectorsLate
	}
	if p.Group.Nation == Eritrea {
		const general = 0.205
		if p.Chance((eritreanAgency - general) / (1 - general)) {
			return "52"
		}
	}
	return p.Pick(mix)
}

// PickEmployer draws an employer of the sector; small employers dominate, a few are large.
func (p *Person) PickEmployer(sector string) uint64 {
	u := p.Rand.Float64()
	pool := float64(20 + p.model.persons/60)
	return uint64(sector[0]-'0')*1e10 + uint64(sector[1]-'0')*1e9 + uint64(u*u*pool)
}

// PaysFourWeekly tells whether an employer pays per four weeks; it is a property of the employer.
func PaysFourWeekly(employer uint64) bool {
	share := RateFourWeekly
	if employer/1e9 == 52 {
		share = 0.45
	}
	return float64(Mix64(employer)%1000) < share*1000
}

// Mix64 scrambles a number (the finaliser of splitmix64).
func Mix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// pickForm draws the contract. Displaced employees in November 2024: agency 38, on call 24, other temporary 29, permanent 9 % (CBS 2025-02).
// For permit holders no mix is published; more of them are on call in hospitality and trade, and fixed terms turn permanent after one to three years.
func (p *Person) pickForm(j *Job) {
	if j.Sector == "52" {
		j.Form = Agency
		return
	}
	call, permanent := 0.14, 0.06
	switch j.Sector {
	case "33", "34":
		call = 0.36
	case "17", "19":
		call = 0.28
	}
	if p.Group.Kind == Displaced {
		call, permanent = 0.40, 0.14
	}
	age := p.Age(j.Start)
	switch {
	case p.Chance(call):
		j.Form = OnCall
		return
	case p.Group.Kind != Displaced && p.Chance(0.03):
		j.Form = Payroll
		return
	case p.Group.Kind != Displaced && age < 32 && p.Chance(0.06):
		j.Form = BBL
		return
	}
	switch {
	case p.Chance(permanent):
		j.PermanentFrom = j.Start
	case p.Group.Kind == Displaced && p.Chance(0.3), p.Group.Kind != Displaced && p.Chance(0.6):
		j.PermanentFrom = j.Start + calendar.Day(p.Between(360, 1100))
	}
}

func (p *Person) pickHours(j *Job) {
	mix := hoursWomen
	switch {
	case p.Group.Kind == Displaced:
		mix = hoursDisplaced
	case p.Man:
		mix = hoursMen
	}
	u := p.Rand.Float64() * 100
	class := 0
	for ; class < len(mix)-1; class++ {
		if u -= mix[class]; u < 0 {
			break
		}
	}
	j.Hours = hoursFrom[class] + p.Rand.Float64()*(hoursTo[class]-hoursFrom[class])
	if p.Age(j.Start) < 18 {
		j.Hours = 6 + 6*p.Rand.Float64()
	}
}
