package cells

// tables makes a cell of every name that a row has, and lets the row speak for it.
func (b *builder) tables() error {
	for _, in := range b.in.Tables {
		t := Table{Name: in.Name, Release: in.Release, Population: in.Population, Decided: in.decided()}
		for _, d := range in.Dimensions {
			t.Dimensions = append(t.Dimensions, b.place[d])
		}
		b.Tables = append(b.Tables, t)
		if err := b.rows(&b.Tables[len(b.Tables)-1], in.Rows, max(1, in.Weight)); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) rows(t *Table, rows []InputRow, weight int64) error {
	seen := map[int]bool{}
	for _, in := range rows {
		cell := b.cell(t, in.Values)
		b.Cells[cell].Weight = max(b.Cells[cell].Weight, weight)
		t.Rows = append(t.Rows, Row{Cell: cell, Status: in.Status})
		if seen[cell] {
			return b.Refuse(t.Name, cell, "stands in the table twice; leave one row for every cell")
		}
		seen[cell] = true
		speak := (*Cell).undecided
		if t.Decided {
			speak = (*Cell).published
		}
		if problem := speak(&b.Cells[cell], in); problem != "" {
			return b.Refuse(t.Name, cell, problem)
		}
	}
	return nil
}

// undecided lets a row of a table that is still to be decided speak for its cell.
func (c *Cell) undecided(in InputRow) string {
	switch {
	case c.Counted && c.Count != in.Count:
		return "has another count in another table; one cell has one count"
	case in.Status != Undecided && c.Order != Undecided && c.Order != in.Status:
		return "is ordered published in one table and suppressed in another; one cell has one status"
	}
	c.Counted, c.Count = true, in.Count
	if in.Status != Undecided {
		c.Order = in.Status
	}
	return ""
}

// published lets a row of a table that was published before speak for its
// cell. What one table shows is known, whatever another withholds.
func (c *Cell) published(in InputRow) string {
	switch {
	case in.Status == Suppressed && c.Before == Published:
		return ""
	case in.Status == Suppressed:
		c.Before = Suppressed
		return ""
	case c.Before == Published && c.Figure != in.Count:
		return "has another published figure in another table; one cell has one figure"
	}
	c.Before, c.Figure = Published, in.Count
	return ""
}

// cell finds the cell of a table with these values, or makes it.
func (b *builder) cell(t *Table, values []string) int {
	full := make([]string, len(b.Dimensions))
	for i := range full {
		full[i] = Total
	}
	for i, d := range t.Dimensions {
		full[d] = values[i]
	}
	release := b.releaseOf(t.Release, full)
	name := cellName(release, t.Population, full)
	if i, known := b.byName[name]; known {
		return i
	}
	b.byName[name] = len(b.Cells)
	b.Cells = append(b.Cells, Cell{Release: release, Population: t.Population, Values: full})
	return len(b.Cells) - 1
}

// figures holds what was published before against the base and, where they are known, the true counts.
func (b *builder) figures() error {
	for i, c := range b.Cells {
		if c.Before != Published {
			continue
		}
		low, high, ok := b.Rounded(c.Figure)
		switch {
		case !ok:
			return b.Refuse("", i, "has a published figure that is no multiple of the base; give the rounded figure")
		case c.Counted && (c.Count < low || c.Count > high):
			return b.Refuse("", i, "was published before with a figure that its count does not round to; one cell has one figure")
		}
	}
	return nil
}

// values refuses a value that no hierarchy in use knows.
func (b *builder) values() error {
	for _, t := range b.Tables {
		for _, d := range t.Dimensions {
			v, found := unknown(b.of(d), b.holds(t, d))
			if !found {
				continue
			}
			for _, row := range t.Rows {
				if b.Cells[row.Cell].Values[d] == v {
					r := b.Refuse(t.Name, row.Cell, "")
					r.Problem = "no hierarchy that the table uses knows " + b.Dimensions[d] + "=" + v + "; add it to the hierarchy or correct it"
					return r
				}
			}
		}
	}
	return nil
}
