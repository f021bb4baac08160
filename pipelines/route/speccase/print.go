package speccase

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"doorstroom/pipelines/route"
)

// Print writes a person and facts as a file with one case: what to paste into
// the folder of cases once it is understood.
func Print(title string, ed Edition, p *route.Person, facts []Table) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s", title, editionText(ed))
	out.WriteString("\n## A case\n")
	for _, rec := range records {
		if t := inputTable(rec, p); len(t.Rows) > 0 {
			fmt.Fprintf(&out, "\n%s:\n", t.Name)
			t.write(&out)
		}
	}
	for _, t := range facts {
		fmt.Fprintf(&out, "\n=> %s:\n", t.Name)
		if t.Name == "month_status" {
			t = withShortMonths(t)
		}
		t.write(&out)
	}
	return out.String()
}

func editionText(ed Edition) string {
	horizon := "none"
	if ed.Horizon != 0 {
		horizon = ed.Horizon.String()
	}
	text := fmt.Sprintf("edition: cut-off %s, horizon %s\n", ed.CutOff, horizon)
	var regions []string
	for _, code := range slices.Sorted(maps.Keys(ed.Regions)) {
		regions = append(regions, code+" "+ed.Regions[code])
	}
	if ed.Definitions.Version != "" {
		text += "definitions: " + ed.Definitions.Version + "\n"
	}
	if len(regions) > 0 {
		text += "regions: " + strings.Join(regions, ", ") + "\n"
	}
	return text
}

func inputTable(rec record, p *route.Person) Table {
	t := Table{Name: rec.name}
	for _, fields := range rec.rows(p) {
		t.Columns = nil
		var row []string
		for _, f := range fields {
			t.Columns = append(t.Columns, f.name)
			row = append(row, f.text())
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// withShortMonths writes 2024-01 for 2024-01-01, as cases do.
func withShortMonths(t Table) Table {
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		rows[i] = slices.Clone(row)
		rows[i][0] = row[0][:len("2024-01")]
	}
	t.Rows = rows
	return t
}

// write writes the table with aligned columns.
func (t Table) write(out *strings.Builder) {
	if len(t.Rows) == 0 {
		out.WriteString("no rows\n")
		return
	}
	widths := make([]int, len(t.Columns))
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		var cells []string
		for i, cell := range row {
			cells = append(cells, fmt.Sprintf("%-*s", widths[i], cell))
		}
		out.WriteString(strings.TrimRight(strings.Join(cells, " | "), " ") + "\n")
	}
}
