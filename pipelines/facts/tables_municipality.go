package facts

import (
	"doorstroom/pipelines/route"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

type residences struct {
	byPerson
	id                          texts
	municipality                wides
	settledOn, leftOn, brpRegOn dates
	leftReason                  codes
}

func (*residences) record() string { return "municipality_residence" }

func (t *residences) columns() []column {
	return []column{
		text("record_id", &t.id), wide("municipality_code", &t.municipality), date("settled_on", &t.settledOn),
		date("left_on", &t.leftOn), code("left_reason", &t.leftReason), date("brp_registered_on", &t.brpRegOn),
	}
}

func (t *residences) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Residences = append(p.Residences, route.Residence{
			RecordID: t.id.at(i), MunicipalityCode: municipality(t.municipality.all[i]),
			SettledOn: schemas.Date(t.settledOn.all[i]), LeftOn: schemas.Date(t.leftOn.all[i]),
			BRPRegisteredOn: schemas.Date(t.brpRegOn.all[i]),
			LeftReason:      schemas.MunicipalityResidenceLeftReasons.Text(schemas.Code(t.leftReason.all[i])),
		})
	}
	return len(rows)
}

type bijstand struct {
	byPerson
	id                   texts
	municipality         wides
	regulation, reasonIn codes
	start, end           dates
}

func (*bijstand) record() string { return "municipality_bijstand" }

func (t *bijstand) columns() []column {
	return []column{
		text("record_id", &t.id), wide("municipality_code", &t.municipality), code("regulation", &t.regulation),
		date("start", &t.start), date("end", &t.end), code("reason_in", &t.reasonIn),
	}
}

func (t *bijstand) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Bijstand = append(p.Bijstand, route.Bijstand{
			RecordID: t.id.at(i), MunicipalityCode: municipality(t.municipality.all[i]),
			Regulation: schemas.MunicipalityBijstandRegulations.Text(schemas.Code(t.regulation.all[i])),
			ReasonIn:   reference.LocalReasons.Text(schemas.Code(t.reasonIn.all[i])),
			Start:      schemas.Date(t.start.all[i]), End: schemas.Date(t.end.all[i]),
		})
	}
	return len(rows)
}

type inburgering struct {
	byPerson
	id                                                       texts
	municipality                                             wides
	leerroute                                                codes
	intakeStarted, intakeDone, pipSigned, mapDone, pvtSigned dates
}

func (*inburgering) record() string { return "municipality_inburgering" }

func (t *inburgering) columns() []column {
	return []column{
		text("record_id", &t.id), wide("municipality_code", &t.municipality),
		date("intake_started", &t.intakeStarted), date("intake_done", &t.intakeDone), date("pip_signed_on", &t.pipSigned),
		code("leerroute", &t.leerroute), date("map_done_on", &t.mapDone), date("pvt_signed_on", &t.pvtSigned),
	}
}

func (t *inburgering) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Inburgering = append(p.Inburgering, route.Inburgering{
			RecordID: t.id.at(i), MunicipalityCode: municipality(t.municipality.all[i]),
			IntakeStarted: schemas.Date(t.intakeStarted.all[i]), IntakeDone: schemas.Date(t.intakeDone.all[i]),
			PIPSignedOn: schemas.Date(t.pipSigned.all[i]), MAPDoneOn: schemas.Date(t.mapDone.all[i]),
			PVTSignedOn: schemas.Date(t.pvtSigned.all[i]),
			Leerroute:   schemas.MunicipalityInburgeringLeerroutes.Text(schemas.Code(t.leerroute.all[i])),
		})
	}
	return len(rows)
}

type provisions struct {
	byPerson
	id           texts
	municipality wides
	startbaan    codes
	start, end   dates
	hours        int32s
}

func (*provisions) record() string { return "municipality_provision" }

func (t *provisions) columns() []column {
	return []column{
		text("record_id", &t.id), wide("municipality_code", &t.municipality), code("startbaan", &t.startbaan),
		date("start", &t.start), date("end", &t.end), hundredths("hours_per_week", &t.hours),
	}
}

func (t *provisions) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Provisions = append(p.Provisions, route.Provision{
			RecordID: t.id.at(i), MunicipalityCode: municipality(t.municipality.all[i]),
			Startbaan: reference.Flags.Text(schemas.Code(t.startbaan.all[i])),
			Start:     schemas.Date(t.start.all[i]), End: schemas.Date(t.end.all[i]), HoursPerWeek: t.hours.all[i],
		})
	}
	return len(rows)
}
