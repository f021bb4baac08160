package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// periods are the starts that an end must not lie before.
var periods = map[string]string{"end": "start", "left_on": "settled_on", "period_end": "period_start", "ikv_end": "ikv_start", "valid_to": "valid_from"}

// unordered are the records with an end that nothing compares.
var unordered = []string{"municipality_inburgering"}

// edgePeople draws records of people by record, values by Dutch column name.
type edgePeople struct {
	edges
	contract map[string][]contractField
	people   int
	ids      int
	records  map[string][]fields
	wages    []fields // by our names, to draw the same wage period once more
}

// person begins one with so many pseudonyms of either kind, and gives what draws a record of them.
func (p *edgePeople) person(vs, bs int) (add func(record string)) {
	p.people += max(vs, bs)
	p.days, p.wages = nil, nil
	first := p.people
	return func(record string) {
		v, b := pseudonym('v', first-p.IntN(max(vs, 1))), pseudonym('v', first-p.IntN(max(bs, 1))) // the same characters twice are two pseudonyms
		switch {
		case vs == 0:
			v = ""
		case bs == 0:
			b = ""
		case p.chance(40):
			b = ""
		case p.chance(40):
			v = ""
		}
		p.add(record, v, b)
	}
}

// add draws a record that is valid.
func (p *edgePeople) add(record, v, b string) {
	p.ids++
	row, sparse := fields{}, p.chance(30)
	for _, f := range p.contract[record] {
		switch {
		case f.name == "record_id":
			row[f.name] = recordID(p.ids)
		case f.name == "operation":
			row[f.name] = "T"
		case f.name == "pseudonym_v":
			row[f.name] = v
		case f.name == "pseudonym_b":
			row[f.name] = b
		case f.kind == "pseudonym":
			row[f.name] = pseudonym('w', p.IntN(4))
		case f.needs(row) || !sparse && p.chance(60):
			row[f.name] = p.value(f)
		}
	}
	p.fix(record, row)
	delivered := fields{}
	for _, f := range p.contract[record] {
		delivered[f.column] = row[f.name]
	}
	if list := p.records[record]; len(list) > 0 && p.chance(10) { // another version of an earlier record, or its end
		other := pick(&p.edges, list...)
		delivered["recordnummer"], delivered["mutatie"] = other["recordnummer"], pick(&p.edges, "T", "W", "V")
		delivered["gemeentecode"] = other["gemeentecode"]
	}
	p.records[record] = append(p.records[record], delivered)
}

// fix gives ends that are not before their starts, wage periods of 1 to 36 days, and parallel rows and corrections of wages.
func (p *edgePeople) fix(record string, row fields) {
	for end, start := range periods {
		if row[end] != "" && row[start] != "" && row[end] < row[start] && !slices.Contains(unordered, record) {
			row[end] = row[start]
		}
	}
	if record != "uwv_employment" {
		return
	}
	row["ikv_id"] = pick(&p.edges, "I"+strconv.Itoa(p.people)+strings.Repeat("y", 30), fmt.Sprint("I", p.ids))
	if len(p.wages) > 0 && p.chance(30) {
		other := pick(&p.edges, p.wages...)
		row["period_start"] = other["period_start"]
		row["ikv_id"] = pick(&p.edges, row["ikv_id"], other["ikv_id"])
	}
	row["period_end"] = p.after(row["period_start"], pick(&p.edges, 0, 27, 30, 35))
	if p.chance(70) { // most rows shall be work
		row["srt_iv"], row["cd_aard"], row["ikv_start"] = pick(&p.edges, "11", "15", "17"), pick(&p.edges, "01", "11", "82", "83"), row["period_start"]
		row["hours_paid"], row["ikv_end"] = pick(&p.edges, "1", "160", "9999"), ""
	}
	p.wages = append(p.wages, row)
}

// populate draws people of every kind: with one record only, with some, with hundreds of one kind, with many pseudonyms.
func (p *edgePeople) populate(some int) {
	kinds := make([]string, 0, len(p.contract))
	for record := range p.contract {
		kinds = append(kinds, record)
	}
	slices.Sort(kinds) // the same seed, the same people
	times := func(n int, add func(string), kinds ...string) {
		for range n {
			add(pick(&p.edges, kinds...))
		}
	}
	for _, kind := range kinds {
		for range 4 {
			times(1, p.person(1, 0), kind)
			times(1, p.person(0, 1), kind)
			times(2, p.person(1, 1), kind)
		}
		times(300, p.person(1, 1), kind)
	}
	for range some {
		times(1+p.IntN(40), p.person(1, 1), kinds...)
	}
	times(200, p.person(20, 20), kinds...) // a conflict of many
	times(100, p.person(20, 1), kinds...)  // many V, one B: one person
	times(100, p.person(1, 20), kinds...)  // one V, many B: a conflict
	times(60, p.person(1, 1), "coa_permit", "uwv_employment", "municipality_bijstand")
}
