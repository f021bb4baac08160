package report

import "fmt"

// composer lays the data of an edition out as a page, in the words of a language.
type composer struct {
	*words
	d         *data
	published []figure
	primary   map[string]string
	sectors   map[string]string
}

func compose(d *data, w *words) (*page, error) {
	published, err := publishedFigures()
	if err != nil {
		return nil, err
	}
	primary, err := primarySources()
	if err != nil {
		return nil, err
	}
	sectors, err := sectorNames()
	if err != nil {
		return nil, err
	}
	c := &composer{words: w, d: d, published: published, primary: primary, sectors: sectors}
	e := d.edition
	p := &page{
		Lang: w.lang, Title: w.t("title"), Subtitle: w.t("subtitle", w.date(e.Edition)),
		Marks: []notice{{"mark", w.t("mark"), w.t("mark.why")}}, ScrollHint: w.t("scroll"),
		Print: printed{Page: w.t("print.page"), Of: w.t("print.of"), Mark: w.t("mark")},
		Facts: []fact{
			{w.t("fact.edition"), w.date(e.Edition)},
			{w.t("fact.definitions"), w.t("fact.definitions.value", e.DefinitionVersion)},
			{w.t("fact.horizon"), w.optionalDate(e.WorkHorizon)},
			{w.t("fact.grid_end"), w.optionalDate(e.GridEnd)},
			{w.t("fact.people"), w.count(e.WithPermit)},
			{w.t("fact.displaced"), w.count(e.Displaced)},
		},
		SummaryTitle: w.t("summary"), ContentsTitle: w.t("contents"),
		Keys: c.keys(), Summary: c.summary(),
		Sections: []section{c.cohorts(), c.stages(), c.waiting(), c.work(), c.bijstand(), c.beside(), c.sources(), c.explanation()},
		Footer:   []string{w.t("footer.selfemployed"), w.t("footer.edition", w.date(e.Edition), e.DefinitionVersion)},
	}
	sign := ""
	if e.Synthetic {
		sign = w.t("synthetic.sign")
		p.Title = w.t("synthetic.title", p.Title)
		p.Marks = append([]notice{{"mark synthetic", w.t("synthetic"), w.t("synthetic.why")}}, p.Marks...)
		p.Print.Mark = w.t("synthetic.print")
	}
	p.finish(sign, w.t("empty"))
	return p, nil
}

// source is the line beneath every table: where its numbers come from, and that they are of made-up people.
func (c *composer) source(mart string) string {
	source := c.t("source", "marts."+mart, c.d.edition.Edition.Format("2006-01-02"), c.d.edition.DefinitionVersion)
	if c.d.edition.Synthetic {
		return c.t("synthetic") + " " + source
	}
	return source
}

// cohortYears are the cohorts that occur, oldest first.
func (c *composer) cohortYears() []uint16 {
	var years []uint16
	for _, r := range c.d.cohorts {
		if len(years) == 0 || years[len(years)-1] != r.Cohort {
			years = append(years, r.Cohort)
		}
	}
	return years
}

// cohortAt finds the numbers of a cohort at k, if the whole cohort has reached it.
func (c *composer) cohortAt(cohort uint16, k int) *cohortRow {
	for i, r := range c.d.cohorts {
		if r.Cohort == cohort && int(r.K) == k && r.Complete {
			return &c.d.cohorts[i]
		}
	}
	return nil
}

// newestAt is the youngest cohort that has reached k as a whole, and the oldest one.
func (c *composer) newestAt(k int) (newest, oldest *cohortRow) {
	for _, year := range c.cohortYears() {
		if r := c.cohortAt(year, k); r != nil {
			if oldest == nil {
				oldest = r
			}
			newest = r
		}
	}
	return newest, oldest
}

func year(cohort uint16) string { return fmt.Sprint(cohort) }
