package disclosure

import (
	"slices"

	"doorstroom/pipelines/disclosure/cells"
)

// primary hides what may not be published whatever the rest: counts of
// 1..threshold-1, what is ordered suppressed or was suppressed before, and
// tables of fewer people than the threshold. It refuses orders against that.
func (p *plan) primary() error {
	small := p.smallTables()
	for i, c := range p.Cells {
		before, now := c.Before, c.Order
		tooSmall := c.Counted && c.Count >= 1 && c.Count < p.Threshold
		switch {
		case before == cells.Published && now == cells.Suppressed:
			return p.Refuse("", i, "is ordered suppressed, but was published before; one cell has one status")
		case before == cells.Published:
			p.fixed[i] = true
		case now == cells.Published && before == cells.Suppressed:
			return p.Refuse("", i, "is ordered published, but was suppressed before; leave its status empty")
		case now == cells.Published && (tooSmall || small[i]):
			return p.Refuse("", i, "is ordered published, but is below the threshold or in a table of fewer people than it; leave its status empty")
		case now == cells.Published:
			p.fixed[i] = true
		default:
			p.hidden[i] = before == cells.Suppressed || now == cells.Suppressed || tooSmall || small[i]
		}
	}
	return nil
}

// smallTables gives the cells of tables that are to be decided and count fewer people than the threshold.
func (p *plan) smallTables() map[int]bool {
	small := map[int]bool{}
	for _, t := range p.Tables {
		if t.Decided || p.people(t) >= p.Threshold {
			continue
		}
		for _, row := range t.Rows {
			small[row.Cell] = true
		}
	}
	return small
}

// people counts those of a table: its grand total or, when it has none, the
// cells that are no sums of others in it.
func (p *plan) people(t cells.Table) int64 {
	all := make([]string, len(p.Dimensions))
	for i := range all {
		all[i] = cells.Total
	}
	if i := p.Find(t.Release, t.Population, all); i != cells.None && p.Cells[i].Counted {
		return p.Cells[i].Count
	}
	own := map[int]bool{}
	for _, row := range t.Rows {
		own[row.Cell] = true
	}
	sum := int64(0)
	for _, row := range t.Rows {
		if !p.isTotal(row.Cell, own) {
			sum += p.Cells[row.Cell].Count
		}
	}
	return sum
}

// isTotal tells whether a cell is the sum of others of a table.
func (p *plan) isTotal(cell int, own map[int]bool) bool {
	for _, i := range p.in[cell] {
		if s := p.Sums[i]; s.Total == cell && slices.ContainsFunc(s.Parts, func(part int) bool { return own[part] }) {
			return true
		}
	}
	return false
}
