package route

// writeSpells joins the work intervals of the person into work spells.
func (b *Builder) writeSpells(rows []Employment, out *Facts) {
	out.WorkSpells = out.WorkSpells[:0]
	b.jobs.StartCount()
	var s stretch
	var employers uint16
	number := int32(0)
	for i, key := range b.order {
		iv := &b.work[position(key)]
		if i > 0 && joins(s.end, iv.start, b.rules.WorkGap) {
			s.add(iv, rows)
		} else {
			if i > 0 {
				out.WorkSpells = append(out.WorkSpells, b.spellRow(&s, number, employers, rows))
			}
			number++
			s, employers = startStretch(iv, &rows[iv.row]), 0
		}
		employers = b.jobs.CountOnce(employers, iv.employer, number)
	}
	if number > 0 {
		out.WorkSpells = append(out.WorkSpells, b.spellRow(&s, number, employers, rows))
	}
}

func (b *Builder) spellRow(s *stretch, number int32, employers uint16, rows []Employment) WorkSpellRow {
	return WorkSpellRow{
		Spell: uint16(number), Jobs: employers, Start: s.start, End: s.end,
		MeanHoursWeek: s.meanHoursWeek(),
		ContractStart: b.contractOf(&rows[s.first.row]),
		ContractEnd:   b.contractOf(&rows[s.last.row]),
	}
}
