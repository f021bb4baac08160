package route

import "doorstroom/schemas"

// writeStages tells where the person stands in each month.
func (b *Builder) writeStages(row *PersonRow, months []MonthRow) {
	for i := range months {
		m, day := &months[i], &b.months[i]
		m.Stage = stageOf(m, row, day.day, day.settled)
	}
}

// stageOf gives the stage on d, first that fits.
func stageOf(m *MonthRow, row *PersonRow, d schemas.Date, settled bool) Stage {
	switch {
	case row.ExitOn != 0 && row.ExitOn < d:
		return StageLeft
	case m.Sustained6 == True:
		return StageSustained
	case m.Working && !m.Bijstand:
		return StageWork
	case m.Working:
		return StageWorkAndBijstand
	case m.Bijstand:
		return StageBijstand
	case m.InAZC && row.PermitStart != 0 && row.PermitStart <= d:
		return StageAZCWithPermit
	case m.InAZC:
		return StageAZCInProcedure
	case settled:
		return StageSettledOther
	}
	return StageUnknown
}
