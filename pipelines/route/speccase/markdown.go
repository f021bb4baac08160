package speccase

import (
	"fmt"
	"strings"
)

// Markdown renders a rule and its cases as a section of a page.
func (f *File) Markdown() string {
	var out strings.Builder
	fmt.Fprintf(&out, "## %s\n\n", f.Title)
	for _, p := range f.Prose {
		out.WriteString(p + "\n\n")
	}
	for i := range f.Cases {
		f.Cases[i].markdown(&out)
	}
	return out.String()
}

func (c *Case) markdown(out *strings.Builder) {
	fmt.Fprintf(out, "### %s\n\n", c.Name)
	for _, p := range c.Prose {
		out.WriteString(p + "\n\n")
	}
	horizon := "without a delivery of UWV"
	if c.Edition.Horizon != 0 {
		horizon = "wages up to " + c.Edition.Horizon.String()
	}
	fmt.Fprintf(out, "As of %s, %s%s. Records:\n\n", c.Edition.CutOff, horizon, c.definitionsText())
	if len(c.Input) == 0 {
		out.WriteString("none.\n\n")
	}
	for _, t := range c.Input {
		t.markdown(out, "`"+t.Name+"`")
	}
	out.WriteString("Facts:\n\n")
	for _, e := range c.Expect {
		caption := "`" + e.Name + "`"
		if e.Where != "" {
			caption += " where " + e.Where + " is " + strings.Join(e.WhereValues, ", ")
		}
		e.Table.markdown(out, caption)
	}
}

// definitionsText tells which definitions the case holds for, unless it is all.
func (c *Case) definitionsText() string {
	if len(c.Versions) == 0 {
		return ""
	}
	return ", definitions " + strings.Join(c.Versions, " and ")
}

func (t Table) markdown(out *strings.Builder, caption string) {
	out.WriteString(caption + "\n\n")
	if len(t.Rows) == 0 {
		out.WriteString("no rows\n\n")
		return
	}
	fmt.Fprintf(out, "| %s |\n|%s\n", strings.Join(t.Columns, " | "), strings.Repeat(" --- |", len(t.Columns)))
	for _, row := range t.Rows {
		fmt.Fprintf(out, "| %s |\n", strings.Join(row, " | "))
	}
	out.WriteString("\n")
}
