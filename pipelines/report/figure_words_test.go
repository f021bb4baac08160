package report_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/report"
)

// wordsOfFigures are the title, the caption of the table and the notes of every figure, by the keys of their texts: they say
// who is counted, so under another figure they would mislead.
var wordsOfFigures = map[string][]string{
	"cohorts-working":               {"t:cohorts.working", "t:cohorts.table.working", "t:cohorts.note.working"},
	"cohorts-bijstand":              {"t:cohorts.bijstand", "t:cohorts.table.bijstand", "t:cohorts.note.bijstand"},
	"cohorts-sustained":             {"t:cohorts.sustained", "t:cohorts.table.sustained", "t:cohorts.note.sustained"},
	"nations":                       {"t:nations", "t:nations.table"},
	"stages-asylum":                 {"t:stages.asylum", "t:stages.table.asylum", "t:stages.note"},
	"stages-displaced":              {"t:stages.displaced", "t:stages.table.displaced", "t:stages.note"},
	"waiting-application-permit":    {"t:waiting.title|t:kind.application|t:kind.permit", "t:waiting.table|t:kind.application|t:kind.permit", "t:waiting.who.permit"},
	"waiting-permit-settled":        {"t:waiting.title|t:kind.permit|t:kind.settled", "t:waiting.table|t:kind.permit|t:kind.settled", "t:waiting.who.settled"},
	"waiting-permit-brp_registered": {"t:waiting.title|t:kind.permit|t:kind.brp_registered", "t:waiting.table|t:kind.permit|t:kind.brp_registered", "t:waiting.who.brp_registered"},
	"waiting-settled-first_job":     {"t:waiting.title|t:kind.settled|t:kind.first_job", "t:waiting.table|t:kind.settled|t:kind.first_job", "t:waiting.who.first_job"},
	"reached":                       {"t:reached", "t:reached.table", "t:reached.note"},
	"work-contract":                 {"t:work.contract", "t:work.table.contract", "t:work.note"},
	"work-hours_class":              {"t:work.hours_class", "t:work.table.hours_class", "t:work.note"},
	"work-sector":                   {"t:work.sector", "t:work.table.sector", "t:work.note"},
	"azc":                           {"t:azc", "t:azc.table", "t:azc.note"},
	"bijstand-months":               {"t:bijstand.months", "t:bijstand.table"},
	"exits":                         {"t:exits", "t:exits.table", "t:exits.note"},
	"beside-totals":                 {"t:beside.title", "t:beside.table"},
	"beside-nations":                {"t:beside.nations", "t:beside.nations.table"},
	"deliveries":                    {"t:deliveries", "t:deliveries.table"},
	"held":                          {"t:held", "t:held.table"},
	"quarantine":                    {"t:quarantine", "t:quarantine.table"},
	"linkage":                       {"t:linkage", "t:linkage.table", "t:linkage.note|n:1234|n:3456"},
	"cohort-linkage":                {"t:cohort_linkage", "t:cohort_linkage.table"},
	"link-history":                  {"t:link_history", "t:link_history.table", "t:link_history.note"},
	"quality":                       {"t:quality", "t:quality.table"},
}

// TestFiguresSayWhoIsCounted holds the words around every figure to the figure that they belong to.
func TestFiguresSayWhoIsCounted(t *testing.T) {
	made, err := report.MadePage()
	if err != nil {
		t.Fatal(err)
	}
	page, nl := parsePage(t, string(made)), speak(t, "nl")
	left := len(wordsOfFigures)
	for _, figure := range find(page.root, element("figure")) {
		id := attribute(figure, "id")
		var want []string
		for _, key := range wordsOfFigures[id] {
			want = append(want, nl.pieces(key))
		}
		got := slices.Concat(page.takeAll(figure, "h3"), page.takeAll(figure, "caption"), page.takeAll(figure, "p.note"))
		got[1] = strings.TrimSpace(strings.TrimPrefix(got[1], nl.pieces("t:synthetic.sign")))
		equal(t, "words of figure "+id, got, want)
		left--
	}
	if left != 0 {
		t.Errorf("%d figures are not on the page", left)
	}
}
