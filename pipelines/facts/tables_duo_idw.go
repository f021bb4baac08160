package facts

import (
	"doorstroom/pipelines/route"
	"doorstroom/schemas"
)

type obligations struct {
	byPerson
	id                      texts
	law, group              codes
	start, end, fulfilledOn dates
}

func (*obligations) record() string { return "duo_obligation" }

func (t *obligations) columns() []column {
	return []column{
		text("record_id", &t.id), code("law", &t.law), date("start", &t.start), date("end", &t.end), code("target_group", &t.group),
		date("fulfilled_on", &t.fulfilledOn),
	}
}

func (t *obligations) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Obligations = append(p.Obligations, route.Obligation{
			RecordID: t.id.at(i), Law: schemas.DuoObligationLaws.Text(schemas.Code(t.law.all[i])),
			TargetGroup: schemas.DuoObligationTargetGroups.Text(schemas.Code(t.group.all[i])),
			Start:       schemas.Date(t.start.all[i]), End: schemas.Date(t.end.all[i]), FulfilledOn: schemas.Date(t.fulfilledOn.all[i]),
		})
	}
	return len(rows)
}

type exams struct {
	byPerson
	id                  texts
	takenOn             dates
	part, level, result codes
}

func (*exams) record() string { return "duo_exam" }

func (t *exams) columns() []column {
	return []column{
		text("record_id", &t.id), date("taken_on", &t.takenOn), code("part", &t.part), code("level", &t.level), code("result", &t.result),
	}
}

func (t *exams) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Exams = append(p.Exams, route.Exam{
			RecordID: t.id.at(i), TakenOn: schemas.Date(t.takenOn.all[i]),
			Part:   schemas.DuoExamParts.Text(schemas.Code(t.part.all[i])),
			Level:  schemas.DuoExamLevels.Text(schemas.Code(t.level.all[i])),
			Result: schemas.DuoExamResults.Text(schemas.Code(t.result.all[i])),
		})
	}
	return len(rows)
}

type mbos struct {
	byPerson
	id         texts
	kind       codes
	start, end dates
}

func (*mbos) record() string { return "duo_mbo" }

func (t *mbos) columns() []column {
	return []column{text("record_id", &t.id), code("kind", &t.kind), date("start", &t.start), date("end", &t.end)}
}

func (t *mbos) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Mbos = append(p.Mbos, route.Mbo{
			RecordID: t.id.at(i), Kind: schemas.DuoMboKinds.Text(schemas.Code(t.kind.all[i])),
			Start: schemas.Date(t.start.all[i]), End: schemas.Date(t.end.all[i]),
		})
	}
	return len(rows)
}

type valuations struct {
	byPerson
	id                     texts
	requestedOn, decidedOn dates
	kind                   codes
	level                  int32s
}

func (*valuations) record() string { return "idw_valuation" }

func (t *valuations) columns() []column {
	return []column{
		text("record_id", &t.id), date("requested_on", &t.requestedOn), date("decided_on", &t.decidedOn), code("kind", &t.kind),
		{name: "nlqf_level", typ: "Int32", expr: "ifNull(nlqf_level, 0)", data: &t.level.block, gatherer: &t.level},
	}
}

func (t *valuations) fill(n int, p *route.Person) int {
	rows := t.rowsOf(n)
	for _, i := range rows {
		p.Valuations = append(p.Valuations, route.Valuation{
			RecordID: t.id.at(i), RequestedOn: schemas.Date(t.requestedOn.all[i]), DecidedOn: schemas.Date(t.decidedOn.all[i]),
			Kind:      schemas.IdwValuationKinds.Text(schemas.Code(t.kind.all[i])),
			NLQFLevel: t.level.all[i],
		})
	}
	return len(rows)
}
