package route_test

import (
	"fmt"

	"pgregory.net/rapid"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/speccase"
	"doorstroom/schemas"
)

// drawer draws persons that hit the edges: few days, and those near the ends of
// months; gaps of about 31 days; runs of about 6, 12 and 18 months; few ids, so
// that there are ties.
type drawer struct {
	t    *rapid.T
	ids  int
	days []schemas.Date  // drawn so far, to draw days near them
	keys map[string]bool // of the municipal records
}

func drawPerson(t *rapid.T) (*route.Person, speccase.Edition) {
	d := &drawer{t: t, keys: map[string]bool{}}
	p := &route.Person{PersonID: "vaaaaaaaaaaaaaaaaaaaaaaaaaa", Linkage: "linked"}
	d.coa(p)
	d.municipal(p)
	d.agencies(p)
	d.employment(p)
	return p, d.edition()
}

func (d *drawer) edition() speccase.Edition {
	ed := speccase.Edition{
		Definitions: rapid.SampledFrom(definition.Published()).Draw(d.t, "definitions"),

		CutOff:  schemas.DateOf(2024, 6, 29) + schemas.Date(d.number(0, 3)),
		Horizon: schemas.DateOf(2024, 5, 30) + schemas.Date(d.number(0, 40)),
		Regions: map[string]string{"0014": "AM01", "0344": "AM13", "0363": "AM18"},
	}
	if d.chance(25) {
		ed.CutOff = d.day()
	}
	if d.chance(25) {
		ed.Horizon = d.maybeDay(60)
	}
	return ed
}

func (d *drawer) number(low, high int) int { return rapid.IntRange(low, high).Draw(d.t, "n") }

// chance is true in at most that percentage, for small numbers are drawn more
// often; never, when a person is shrunk.
func (d *drawer) chance(percent int) bool { return d.number(0, 99) >= 100-percent }

func (d *drawer) of(values ...string) string { return rapid.SampledFrom(values).Draw(d.t, "text") }

// day draws a day of 2022 to mid 2024: one near a day that was drawn before, or
// one at or near the end of a month.
func (d *drawer) day() schemas.Date {
	var day schemas.Date
	if len(d.days) > 0 && d.chance(40) {
		near := rapid.SampledFrom(d.days).Draw(d.t, "near")
		day = near + rapid.SampledFrom([]schemas.Date{0, 1, -1, 31, 32, 33, -32, -33}).Draw(d.t, "step")
	} else {
		month := schemas.DateOf(2022, 1, 1).Month() + schemas.Month(d.number(0, 29))
		day = rapid.SampledFrom([]schemas.Date{month.First(), month.First() + 1, month.First() + 14,
			month.Last() - 1, month.Last()}).Draw(d.t, "day")
	}
	d.days = append(d.days, day)
	return day
}

// maybeDay is a day, or none.
func (d *drawer) maybeDay(percent int) schemas.Date {
	if d.chance(percent) {
		return d.day()
	}
	return 0
}

// span is a start and an end on or after it, or none.
func (d *drawer) span() (start, end schemas.Date) {
	start = d.day()
	if d.chance(40) {
		return start, 0
	}
	return start, max(start, d.day())
}

// id is new, and sorts otherwise than it was drawn: 9 comes after 10.
func (d *drawer) id() string {
	d.ids++
	return fmt.Sprint((d.ids*7)%23 + 23*(d.ids/23))
}

// municipalID draws a key; the record_id may be that of another municipality's record.
func (d *drawer) municipalID(i int) (id, municipality string) {
	municipality = d.of("0363", "0344", "0014", "0999")
	id = fmt.Sprint("m", max(0, i-d.number(0, 1)))
	if d.keys[id+municipality] {
		id = "n" + d.id()
	}
	d.keys[id+municipality] = true
	return id, municipality
}

func (d *drawer) times(high int, add func(i int)) {
	for i := range d.number(0, high) {
		add(i)
	}
}

func (d *drawer) coa(p *route.Person) {
	d.times(3, func(int) {
		p.Permits = append(p.Permits, route.Permit{RecordID: d.id(), TitleCode: d.of("26", "32", "27", "TB", "98"),
			AppliedOn: d.maybeDay(30), Start: d.day(), NationalityCode: d.of("0336", "0084", "0034", "0001"),
			Sex: d.of("M", "V", "X"), Route: d.of("zelf", "nareis"), GoodProspects: d.of("", "J", "N"),
			BirthYear: int32(d.number(2000, 2024))})
	})
	d.times(3, func(int) {
		start, end := d.span()
		p.Stays = append(p.Stays, route.Stay{RecordID: d.id(), MunicipalityCode: d.of("0014", "0344"), Start: start, End: end})
	})
	d.times(2, func(int) {
		p.Placements = append(p.Placements, route.Placement{RecordID: d.id(), MunicipalityCode: d.of("0344", "0363"), CoupledOn: d.day()})
	})
	d.times(2, func(int) {
		start, end := d.span()
		p.Participations = append(p.Participations, route.Participation{RecordID: d.id(), Kind: d.of("nt2", "vrijwilligerswerk"),
			Start: start, End: end, HoursPerWeek: int32(d.number(0, 2) * 250)})
	})
}

func (d *drawer) municipal(p *route.Person) {
	d.times(3, func(i int) {
		id, municipality := d.municipalID(i)
		start, end := d.span()
		p.Residences = append(p.Residences, route.Residence{RecordID: id, MunicipalityCode: municipality,
			SettledOn: start, LeftOn: end, BRPRegisteredOn: d.maybeDay(30),
			LeftReason: d.of("", "verhuisd", "geemigreerd", "overleden")})
	})
	d.times(3, func(i int) {
		id, municipality := d.municipalID(i)
		start, end := d.span()
		p.Bijstand = append(p.Bijstand, route.Bijstand{RecordID: id, MunicipalityCode: municipality,
			Regulation: d.of("PW", "PW", "PW", "BBZ"), Start: start, End: end, ReasonIn: d.of("", "43", "01")})
	})
	d.times(3, func(i int) {
		id, municipality := d.municipalID(i)
		p.Inburgering = append(p.Inburgering, route.Inburgering{RecordID: id, MunicipalityCode: municipality,
			IntakeStarted: d.maybeDay(30), IntakeDone: d.maybeDay(30), PIPSignedOn: d.maybeDay(70),
			Leerroute: d.of("B1", "O", "Z"), MAPDoneOn: d.maybeDay(20), PVTSignedOn: d.maybeDay(20)})
	})
	d.times(2, func(i int) {
		id, municipality := d.municipalID(i)
		start, end := d.span()
		p.Provisions = append(p.Provisions, route.Provision{RecordID: id, MunicipalityCode: municipality,
			Startbaan: d.of("N", "J"), Start: start, End: end, HoursPerWeek: int32(d.number(0, 1) * 50)})
	})
}

func (d *drawer) agencies(p *route.Person) {
	d.times(2, func(int) {
		p.WorkPermits = append(p.WorkPermits, route.WorkPermit{RecordID: d.id(), RequestedOn: d.day(),
			DecidedOn: d.maybeDay(70), Decision: d.of("verleend", "geweigerd", "ingetrokken", ""),
			SectorCode: d.of("", "33"), ValidFrom: d.maybeDay(50), ValidTo: d.maybeDay(50)})
	})
	d.times(2, func(int) {
		p.Obligations = append(p.Obligations, route.Obligation{RecordID: d.id(), Law: d.of("Wi2021", "Wi2013"),
			TargetGroup: d.of("asielstatushouder", "overig"), Start: d.day(), FulfilledOn: d.maybeDay(30)})
	})
	d.times(2, func(int) {
		start, end := d.span()
		p.Mbos = append(p.Mbos, route.Mbo{RecordID: d.id(), Kind: d.of("bbl", "bol", "certificaat", "praktijkverklaring"),
			Start: start, End: end, Level: int32(d.number(0, 4)), Result: d.of("", "diploma", "behaald", "gestopt", "lopend")})
	})
	d.times(3, func(int) {
		p.Valuations = append(p.Valuations, route.Valuation{RecordID: d.id(), RequestedOn: d.day(),
			DecidedOn: d.maybeDay(70), Kind: d.of("diplomawaardering", "geen_waardering"), NLQFLevel: int32(d.number(0, 3))})
	})
	if !d.chance(50) {
		return
	}
	for _, part := range []string{"LE", "LU", "SC", "SP", "KNM", "ONA"} {
		d.times(2, func(int) {
			p.Exams = append(p.Exams, route.Exam{RecordID: d.id(), Part: part, Level: d.of("B2", "B1", "A2"),
				Result: d.of("geslaagd", "geslaagd", "geslaagd", "gezakt"), TakenOn: d.day()})
		})
	}
}

// employment draws series of wage rows, each of one income relation.
func (d *drawer) employment(p *route.Person) {
	d.times(4, func(i int) {
		employer, ikv := d.of("E1", "E2"), d.of("I1", "I2", "I3", "I4")
		length := rapid.SampledFrom([]int{1, 2, 5, 6, 7, 11, 12, 13, 17, 18, 19}).Draw(d.t, "months")
		start := d.startOfWork(p.Bijstand)
		ikvStart, ikvEnd := start, d.maybeDay(30)
		if d.chance(20) {
			ikvStart = d.day()
		}
		if ikvEnd != 0 {
			ikvEnd = max(ikvStart, ikvEnd)
		}
		common := route.Employment{IKVID: ikv, Employer: employer, IKVStart: ikvStart, IKVEnd: ikvEnd,
			EndReason: d.of("", "90", "30"), SrtIV: d.of("15", "15", "11", "17", "43"),
			CDAard: d.of("01", "11", "82", "83"), IndPermanent: d.of("", "J", "N"), IndWritten: d.of("J", "N"),
			IndOnCall: d.of("N", "N", "J", ""), HoursPaid: d.hours(), WageSVCents: int64(d.number(-5, 99))}
		weeks := d.chance(40)
		for n := range length {
			r := common
			r.RecordID, r.SectorCode = d.id(), d.of("33", "35", "")
			if weeks {
				r.PeriodStart = start + schemas.Date(28*n)
				r.PeriodEnd = r.PeriodStart + schemas.Date(d.number(26, 35))
			} else {
				r.PeriodStart = max(start, (start.Month() + schemas.Month(n)).First())
				r.PeriodEnd = (start.Month() + schemas.Month(n)).Last()
			}
			if d.chance(10) {
				r.HoursPaid = d.hours()
			}
			if !d.chance(4) {
				p.Employments = append(p.Employments, r)
			}
		}
	})
}

// startOfWork is any day, or one about the end of bijstand.
func (d *drawer) startOfWork(bijstand []route.Bijstand) schemas.Date {
	if len(bijstand) == 0 || d.chance(50) {
		return d.day()
	}
	after := rapid.SampledFrom(bijstand).Draw(d.t, "bijstand").End
	if after == 0 {
		return d.day()
	}
	return after + rapid.SampledFrom([]schemas.Date{1, 0, 14, 31, -20}).Draw(d.t, "later")
}

func (d *drawer) hours() int32 {
	return rapid.SampledFrom([]int32{80, 100, 62, 28, 7, 1, 71, 17, 0, -8, 9999}).Draw(d.t, "hours")
}
