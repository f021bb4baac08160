package route

import (
	"slices"

	"doorstroom/schemas"
)

// regulationPW is algemene bijstand, the only regulation that counts as bijstand.
const regulationPW = "PW"

// cameFromAZC is the reason_in of who came from an azc.
const cameFromAZC = "43"

// joinBijstand joins the records of algemene bijstand into spells and fills
// all of their rows but the outcomes.
func (b *Builder) joinBijstand(rows []Bijstand, out *Facts) {
	b.benefits = b.benefits[:0]
	for i := range rows {
		if rows[i].Regulation == regulationPW {
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
		if spell.End != 0 && !joins(spell.End, r.Start) {
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
		spell.FromAZC = spell.FromAZC || r.Start == spell.Start && r.ReasonIn == cameFromAZC
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

// bijstandOn tells whether algemene bijstand covers d.
func (b *Builder) bijstandOn(rows []Bijstand, d schemas.Date) bool {
	for _, key := range b.benefits {
		if r := &rows[position(key)]; covers(r.Start, r.End, d) {
			return true
		}
	}
	return false
}
