package facts

import (
	"doorstroom/pipelines/route"
	"doorstroom/schemas"
	"doorstroom/schemas/reference"
)

func municipality(number int16) string { return reference.Municipalities.Text(schemas.Code(number)) }

type stays struct {
	byPerson
	id           texts
	municipality wides
	start, end   dates
}

func (*stays) record() string { return "coa_stay" }

func (t *stays) columns() []column {
	return []column{text("record_id", &t.id), wide("municipality_code", &t.municipality), date("start", &t.start), date("end", &t.end)}
}

func (t *stays) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Stays = append(p.Stays, route.Stay{
			RecordID: t.id.at(i), MunicipalityCode: municipality(t.municipality.all[i]),
			Start: schemas.Date(t.start.all[i]), End: schemas.Date(t.end.all[i]),
		})
	}
	return len(rows)
}

type permits struct {
	byPerson
	id                        texts
	appliedOn, start          dates
	title, sex, route, chance codes
	nationality               wides
	birthYear                 int32s
}

func (*permits) record() string { return "coa_permit" }

func (t *permits) columns() []column {
	return []column{
		text("record_id", &t.id), date("applied_on", &t.appliedOn), code("title_code", &t.title), date("start", &t.start),
		wide("nationality_code", &t.nationality),
		{name: "birth_year", typ: "Int32", expr: "toInt32(birth_year)", data: &t.birthYear.block, gatherer: &t.birthYear},
		code("sex", &t.sex), code("route", &t.route), code("good_prospects", &t.chance),
	}
}

func (t *permits) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Permits = append(p.Permits, route.Permit{
			RecordID: t.id.at(i), AppliedOn: schemas.Date(t.appliedOn.all[i]), Start: schemas.Date(t.start.all[i]),
			TitleCode:       schemas.CoaPermitTitleCodes.Text(schemas.Code(t.title.all[i])),
			NationalityCode: reference.Nationalities.Text(schemas.Code(t.nationality.all[i])),
			BirthYear:       t.birthYear.all[i],
			Sex:             schemas.CoaPermitSexs.Text(schemas.Code(t.sex.all[i])),
			Route:           schemas.CoaPermitRoutes.Text(schemas.Code(t.route.all[i])),
			GoodProspects:   reference.Flags.Text(schemas.Code(t.chance.all[i])),
		})
	}
	return len(rows)
}

type placements struct {
	byPerson
	id           texts
	municipality wides
	coupledOn    dates
}

func (*placements) record() string { return "coa_placement" }

func (t *placements) columns() []column {
	return []column{text("record_id", &t.id), wide("municipality_code", &t.municipality), date("coupled_on", &t.coupledOn)}
}

func (t *placements) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Placements = append(p.Placements, route.Placement{
			RecordID: t.id.at(i), MunicipalityCode: municipality(t.municipality.all[i]), CoupledOn: schemas.Date(t.coupledOn.all[i]),
		})
	}
	return len(rows)
}

type participations struct {
	byPerson
	id    texts
	start dates
}

func (*participations) record() string { return "coa_participation" }

func (t *participations) columns() []column {
	return []column{text("record_id", &t.id), date("start", &t.start)}
}

func (t *participations) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Participations = append(p.Participations, route.Participation{RecordID: t.id.at(i), Start: schemas.Date(t.start.all[i])})
	}
	return len(rows)
}
