package speccase

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
)

// Parse reads a specification file. Its errors tell the line.
func Parse(r io.Reader) (*File, error) {
	p := parser{file: &File{}}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		p.line++
		if err := p.take(strings.TrimRight(lines.Text(), " \t\r")); err != nil {
			return nil, fmt.Errorf("line %d: %w", p.line, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the specification: %w", err)
	}
	p.endBlock()
	if p.file.Title == "" || len(p.file.Cases) == 0 {
		return nil, fmt.Errorf("a specification has a title (# ...) and at least one case (## ...)")
	}
	for i := range p.file.Cases {
		if err := p.file.Cases[i].fill(); err != nil {
			return nil, fmt.Errorf("case %q: %w", p.file.Cases[i].Name, err)
		}
	}
	return p.file, nil
}

// parser is at one line of a file, inside at most one block.
type parser struct {
	line     int
	file     *File
	edition  Edition  // that of the file, taken over by each case
	versions []string // the same
	prose    *[]string
	table    *Table
}

func (p *parser) take(line string) error {
	switch {
	case line == "":
		p.endBlock()
	case p.table != nil:
		return p.tableLine(line)
	case strings.HasPrefix(line, "## "):
		p.file.Cases = append(p.file.Cases, Case{Name: line[3:], Edition: p.edition, Versions: p.versions})
		p.prose = nil
	case strings.HasPrefix(line, "# "):
		p.file.Title = line[2:]
	case strings.HasPrefix(line, "edition:"):
		return p.editionLine(strings.TrimPrefix(line, "edition:"))
	case strings.HasPrefix(line, "definitions:"):
		return p.definitionsLine(strings.TrimPrefix(line, "definitions:"))
	case strings.HasPrefix(line, "regions:"):
		return p.regionsLine(strings.TrimPrefix(line, "regions:"))
	case strings.HasPrefix(line, "=> "):
		return p.expectation(line[3:])
	case strings.HasSuffix(line, ":") && isRecord(line[:len(line)-1]):
		return p.input(line[:len(line)-1])
	default:
		p.proseLine(line)
	}
	return nil
}

func (p *parser) endBlock() { p.prose, p.table = nil, nil }

func (p *parser) current() *Case {
	if len(p.file.Cases) == 0 {
		return nil
	}
	return &p.file.Cases[len(p.file.Cases)-1]
}

// proseLine adds to the paragraph, or begins one.
func (p *parser) proseLine(line string) {
	if p.prose != nil {
		(*p.prose)[len(*p.prose)-1] += " " + line
		return
	}
	p.prose = &p.file.Prose
	if c := p.current(); c != nil {
		p.prose = &c.Prose
	}
	*p.prose = append(*p.prose, line)
}

func isRecord(name string) bool {
	_, ok := recordNamed(name)
	return ok
}

func (p *parser) input(name string) error {
	c := p.current()
	if c == nil {
		return fmt.Errorf("records before the first case")
	}
	c.Input = append(c.Input, Table{Name: name})
	p.table = &c.Input[len(c.Input)-1]
	return nil
}

func (p *parser) expectation(line string) error {
	c := p.current()
	if c == nil || !strings.HasSuffix(line, ":") {
		return fmt.Errorf("an expectation reads `=> table:` or `=> table where column = value, value:` and stands in a case")
	}
	name, where, filtered := strings.Cut(line[:len(line)-1], " where ")
	e := Expectation{Table: Table{Name: name}}
	if filtered {
		column, values, ok := strings.Cut(where, "=")
		if !ok {
			return fmt.Errorf("where needs `column = value, value`")
		}
		e.Where = strings.TrimSpace(column)
		for _, v := range strings.Split(values, ",") {
			e.WhereValues = append(e.WhereValues, strings.TrimSpace(v))
		}
	}
	c.Expect = append(c.Expect, e)
	p.table = &c.Expect[len(c.Expect)-1].Table
	return nil
}

// tableLine is a header, a row, or the words `no rows`.
func (p *parser) tableLine(line string) error {
	if line == "no rows" && len(p.table.Rows) == 0 {
		return nil
	}
	cells := strings.Split(line, "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	if p.table.Columns == nil {
		p.table.Columns = cells
		return nil
	}
	if len(cells) != len(p.table.Columns) {
		return fmt.Errorf("%d cells under %d columns", len(cells), len(p.table.Columns))
	}
	p.table.Rows = append(p.table.Rows, cells)
	return nil
}

// editionLine reads `cut-off DATE, horizon DATE` (or `horizon none`).
func (p *parser) editionLine(text string) error {
	e := Edition{Regions: p.edition.Regions}
	for _, part := range strings.Split(text, ",") {
		what, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		date, ok := parseDate(strings.TrimPrefix(value, "none"))
		switch {
		case ok && what == "cut-off" && date != 0:
			e.CutOff = date
		case ok && what == "horizon":
			e.Horizon = date
		default:
			return fmt.Errorf("an edition reads `edition: cut-off 2024-12-31, horizon 2024-12-31`, the horizon may be none")
		}
	}
	p.setEdition(e)
	return nil
}

// definitionsLine reads `1, 2`: the versions that the cases or the case hold for.
func (p *parser) definitionsLine(text string) error {
	var versions []string
	for _, name := range strings.Split(text, ",") {
		d, err := definition.Published().Version(strings.TrimSpace(name))
		if err != nil {
			return err
		}
		versions = append(versions, d.Version)
	}
	if c := p.current(); c != nil {
		c.Versions = versions
	} else {
		p.versions = versions
	}
	return nil
}

// regionsLine reads `0363 AM18, 0014 AM01`.
func (p *parser) regionsLine(text string) error {
	e := p.edition
	if c := p.current(); c != nil {
		e = c.Edition
	}
	e.Regions = maps.Clone(e.Regions)
	if e.Regions == nil {
		e.Regions = map[string]string{}
	}
	for _, part := range strings.Split(text, ",") {
		words := strings.Fields(part)
		if len(words) != 2 {
			return fmt.Errorf("regions read `regions: 0363 AM18, 0014 AM01`")
		}
		e.Regions[words[0]] = words[1]
	}
	p.setEdition(e)
	return nil
}

func (p *parser) setEdition(e Edition) {
	if c := p.current(); c != nil {
		c.Edition = e
		return
	}
	p.edition = e
}

// fill makes the person of the case from its tables.
func (c *Case) fill() error {
	if c.Edition.CutOff == 0 {
		return fmt.Errorf("it has no edition")
	}
	c.Person = route.Person{PersonID: "v" + strings.Repeat("a", 26), Linkage: "linked"}
	for _, t := range c.Input {
		for _, row := range t.Rows {
			if err := addRecord(&c.Person, t, row); err != nil {
				return fmt.Errorf("%s: %w", t.Name, err)
			}
		}
	}
	for i := range c.Expect {
		if _, err := c.Expect[i].spelledOut(); err != nil {
			return fmt.Errorf("=> %s: %w", c.Expect[i].Name, err)
		}
	}
	return nil
}

// addRecord adds the row of a table to the person.
func addRecord(p *route.Person, t Table, row []string) error {
	if at := slices.Index(t.Columns, "month"); t.Name == "uwv_employment" && at >= 0 {
		return addMonths(p, t, row, at)
	}
	rec, _ := recordNamed(t.Name)
	if err := setAll(rec.add(p), t.Columns, row); err != nil {
		return err
	}
	if t.Name == "uwv_employment" {
		completePeriod(&p.Employments[len(p.Employments)-1])
	}
	return nil
}

func setAll(fields []field, columns, row []string) error {
	for i, column := range columns {
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == column })
		if at < 0 {
			return fmt.Errorf("it has no column %s that route reads", column)
		}
		if err := fields[at].set(row[i]); err != nil {
			return err
		}
	}
	return nil
}
