package route

import (
	"slices"

	"doorstroom/schemas"
)

// joinBijstand joins the records that count as bijstand into spells and fills
// all of their rows but the outcomes.
func (b *Builder) joinBijstand(rows []Bijstand, out *Facts) {
	b.benefits = b.benefits[:0]
	for i := range rows {
		if b.rules.Regulations.Has(rows[i].Regulation) {
			b.benefits = append(b.benefits, byStart(rows[i].Start, i))
		}
	}
	slices.Sort(b.benefits)

	out.BijstandSpells = out.BijstandSpells[:0]
	for from, to := 0, 0; from < len(b.benefits); from = to {
		var row BijstandSpellRow
		row, to = b.bijstandSpell(rows, from)
		row.Spell = uint16(len(out.BijstandSpells) + 1)
		out.BijstandSpells = append(out.BijstandSpells, row)
	}
}

// bijstandSpell makes the spell that begins at from, and gives where it ends, exclusive.
func (b *Builder) bijstandSpell(rows []Bijstand, from int) (spell BijstandSpellRow, to int) {
	latest := &rows[position(b.benefits[from])]
	spell = BijstandSpellRow{Start: latest.Start, End: latest.End}
	for to = from; to < len(b.benefits); to++ {
		r := &rows[position(b.benefits[to])]
		if spell.End != 0 && !joins(spell.End, r.Start, b.rules.BijstandGap) {
			break
		}
		switch {
		case r.End == 0:
			spell.End = 0
		case spell.End != 0:
			spell.End = max(spell.End, r.End)
		}
		if startsAfter(r, latest) {
			latest = r
		}
		spell.FromAZC = spell.FromAZC || r.Start == spell.Start && b.rules.FromAZC.Has(r.ReasonIn)
	}
	spell.MunicipalityCode = latest.MunicipalityCode
	return spell, to
}

// startsAfter orders by latest start, then greatest record_id, then smallest municipality.
func startsAfter(a, b *Bijstand) bool {
	if a.Start == b.Start && a.RecordID == b.RecordID {
		return a.MunicipalityCode < b.MunicipalityCode
	}
	return later(a.Start, a.RecordID, b.Start, b.RecordID)
}

// bijstandOn tells whether bijstand covers d.
func (b *Builder) bijstandOn(rows []Bijstand, d schemas.Date) bool {
	for _, key := range b.benefits {
		if r := &rows[position(key)]; covers(r.Start, r.End, d) {
			return true
		}
	}
	return false
}
