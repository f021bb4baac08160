package report

import "time"

// workStages are the stages in which a person works.
var workStages = map[string]bool{"sustained": true, "work": true, "work_and_bijstand": true}

// lastMonth sums the people aged 18-64 of a population in the last month: working, in sustained work, and present.
func (c *composer) lastMonth(population string) (month time.Time, working, sustained, present uint64) {
	for _, r := range c.d.stages {
		if r.Population == population && r.Month.After(month) {
			month = r.Month
		}
	}
	for _, r := range c.d.stages {
		if r.Population != population || !r.Month.Equal(month) || r.Stage == "left" {
			continue
		}
		present += r.Adults
		if workStages[r.Stage] {
			working += r.Adults
		}
		if r.Stage == "sustained" {
			sustained += r.Adults
		}
	}
	return month, working, sustained, present
}

// lastBijstand is the last month of bijstand, or nil.
func (c *composer) lastBijstand() *bijstandRow {
	if len(c.d.bijstand) == 0 {
		return nil
	}
	return &c.d.bijstand[len(c.d.bijstand)-1]
}

// homeWait is the wait for a home of the youngest cohort of which half is known to have one.
func (c *composer) homeWait() *waitRow {
	var found *waitRow
	for i, r := range c.d.waits {
		if r.From == "permit" && r.To == "settled" && r.Median != nil {
			found = &c.d.waits[i]
		}
	}
	return found
}

// keys are the figures at the top of the page.
func (c *composer) keys() []key {
	var keys []key
	month, working, sustained, present := c.lastMonth("asylum")
	if present > 0 {
		keys = append(keys, key{c.percent(share(working, present)), c.t("key.working", c.month(month))},
			key{c.percent(share(sustained, present)), c.t("key.sustained", c.month(month))})
	}
	if b := c.lastBijstand(); b != nil {
		keys = append(keys, key{c.percent(share(b.Bijstand, b.People)), c.t("key.bijstand", c.month(b.Month))})
	}
	if w := c.homeWait(); w != nil {
		keys = append(keys, key{optional(c.words, w.Median), c.t("key.home", year(w.Cohort))})
	}
	return keys
}

// summary says the main numbers in sentences.
func (c *composer) summary() []string {
	var said []string
	for _, k := range []int{12, 36} {
		newest, oldest := c.newestAt(k)
		if newest == nil {
			continue
		}
		said = append(said, c.t("say.work", year(newest.Cohort), c.count(uint64(k)), c.percent(newest.Working)))
		if oldest.Cohort != newest.Cohort {
			said[len(said)-1] += " " + c.t("say.work.then", year(oldest.Cohort), c.percent(oldest.Working))
		}
	}
	if b := c.lastBijstand(); b != nil {
		said = append(said, c.t("say.bijstand", c.month(b.Month), c.count(b.Bijstand), c.count(b.People),
			c.percent(share(b.Bijstand, b.People)), c.percent(share(b.Years4, b.Bijstand))))
	}
	if w := c.homeWait(); w != nil {
		said = append(said, c.t("say.home", year(w.Cohort), optional(c.words, w.Median), c.percent(w.Waits3Share)))
	}
	if month, working, _, present := c.lastMonth("displaced"); present > 0 {
		said = append(said, c.t("say.displaced", c.percent(share(working, present)), c.month(month)))
	}
	if linked, persons := c.linked(); persons > 0 {
		said = append(said, c.t("say.linked", c.percent(share(linked, persons))))
	}
	if c.d.edition.GridEnd != nil {
		said = append(said, c.t("say.grid_end", c.date(*c.d.edition.GridEnd)))
	} else {
		said = append(said, c.t("say.no_grid"))
	}
	return said
}

// linked counts people with an asylum permit, and those of them who are known by both pseudonyms.
func (c *composer) linked() (linked, persons uint64) {
	for _, r := range c.d.personLink {
		if r.Population == "asylum" {
			linked, persons = linked+r.Linked, persons+r.Persons
		}
	}
	return linked, persons
}
