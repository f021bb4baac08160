package report

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"doorstroom/pipelines/delivery"
)

// TestLanguagesSayTheSame: both languages have the same texts, which take the same values.
func TestLanguagesSayTheSame(t *testing.T) {
	nl, err := wordsOf("nl")
	if err != nil {
		t.Fatal(err)
	}
	en, err := wordsOf("en")
	if err != nil {
		t.Fatal(err)
	}
	verb := regexp.MustCompile(`%\[\d\]s`)
	for _, key := range slices.Sorted(maps.Keys(nl.texts)) {
		dutch, english := verb.FindAllString(nl.texts[key], -1), verb.FindAllString(en.texts[key], -1)
		slices.Sort(dutch)
		slices.Sort(english)
		if _, there := en.texts[key]; !there || !slices.Equal(dutch, english) {
			t.Errorf("%s: %v in Dutch, %v in English", key, dutch, english)
		}
	}
	if len(nl.texts) != len(en.texts) {
		t.Errorf("%d texts in Dutch, %d in English", len(nl.texts), len(en.texts))
	}
}

// TestEveryCodeHasWords: readers see no code of the program in place of a reason, a rule or a milestone.
func TestEveryCodeHasWords(t *testing.T) {
	nl, err := wordsOf("nl")
	if err != nil {
		t.Fatal(err)
	}
	for kind, from := range map[string][2]string{
		"reason": {"../../schemas/rules.go", `Reason = "(\w+)"`}, "rule": {"../../schemas/rules.go", `Rule = "(\w+)"`},
		"kind": {"../../dbt/macros/definitions.sql", `'([a-z0-9_]+)'[,\n](?:\s|')`},
	} {
		source, err := os.ReadFile(from[0])
		if err != nil {
			t.Fatal(err)
		}
		text := string(source)
		if _, kinds, there := strings.Cut(text, "macro milestone_kinds()"); there {
			text, _, _ = strings.Cut(kinds, "endmacro")
		}
		codes := regexp.MustCompile(from[1]).FindAllStringSubmatch(text, -1)
		if len(codes) < 15 {
			t.Errorf("%s has only %d codes of a %s", from[0], len(codes), kind)
		}
		for _, code := range codes {
			if _, there := nl.texts[kind+"."+code[1]]; !there {
				t.Errorf("the report has no words for the %s %s", kind, code[1])
			}
		}
	}
}

// TestWithdrawnHasWords: the reason of what an operator took back is not one of the contract.
func TestWithdrawnHasWords(t *testing.T) {
	for _, lang := range []string{"nl", "en"} {
		w, err := wordsOf(lang)
		if err != nil {
			t.Fatal(err)
		}
		if w.name("reason", delivery.Withdrawn) == delivery.Withdrawn {
			t.Errorf("%s: the report has no words for the reason %s", lang, delivery.Withdrawn)
		}
	}
}

func TestDutchNumbers(t *testing.T) {
	w, err := wordsOf("nl")
	if err != nil {
		t.Fatal(err)
	}
	third := 1.0 / 3
	for got, want := range map[string]string{
		w.count(0): "0", w.count(999): "999", w.count(1234567): "1.234.567", w.count(20005): "20.005",
		w.percent(&third): "33,3%", w.percent(nil): "–", w.percent(share(1, 0)): "–", w.percent(share(1, 8)): "12,5%",
		w.difference(-0.04): "0,0", w.difference(-3.25): "−3,2", w.difference(8): "+8,0",
		w.decimal(-3.25): "−3,2", w.decimal(-0.04): "0,0", w.decimal(12.34): "12,3",
		w.date(time.Date(2026, 6, 3, 0, 0, 0, 0, time.UTC)): "3 juni 2026",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestPublishedFigures(t *testing.T) {
	figures, err := publishedFigures()
	if err != nil {
		t.Fatal(err)
	}
	// 180 figures, of which two are ranges (40-50 and 25-30) and cannot be laid beside a number.
	if len(figures) != 178 {
		t.Errorf("%d figures", len(figures))
	}
	for _, f := range figures {
		if k, ok := f.monthsSincePermit(); f.metric == "werkend" && f.cohort == "2014" && f.group == "totaal" && ok && k == 60 && f.value != 42 {
			t.Errorf("cohort 2014 at 60 months is %v, want 42", f.value)
		}
	}
}

// TestNothingToShowSaysWhy: a figure without numbers has a reason in their place, and no table or drawing of nothing.
func TestNothingToShowSaysWhy(t *testing.T) {
	nl, err := wordsOf("nl")
	if err != nil {
		t.Fatal(err)
	}
	asked := &data{}
	p, err := compose(asked, nl)
	if err != nil {
		t.Fatal(err)
	}
	figures := map[string]figurePart{}
	for _, s := range p.Sections {
		for _, f := range s.Figures {
			figures[f.ID] = f
			if f.Table == nil && (f.Empty == "" || len(f.Drawings)+len(f.Legend)+len(f.Notes) > 0) {
				t.Errorf("figure %s is empty and says %q, with %d drawings", f.ID, f.Empty, len(f.Drawings))
			}
			if f.Table != nil && len(f.Table.Rows) == 0 {
				t.Errorf("figure %s has a table without rows", f.ID)
			}
		}
	}
	for id, reason := range map[string]string{
		"waiting-application-permit": "niemand bij wie de dag van de eerste stap (asielaanvraag) bekend is",
		"waiting-permit-settled":     "niemand bij wie de dag van de eerste stap (vergunning) bekend is",
		"waiting-settled-first_job":  "UWV heeft nog geen loongegevens geleverd",
		"work-contract":              "geen maanden met loongegevens", "quarantine": "voldeden alle regels aan de afspraken",
		"cohorts-working": "geen gegevens waar deze cijfers van komen", "stages-asylum": "geen gegevens waar deze cijfers van komen",
	} {
		if f := figures[id]; !strings.Contains(f.Empty, reason) {
			t.Errorf("figure %s says %q, want %q", id, f.Empty, reason)
		}
	}
}

// TestWaitsWithoutQuartiles: a cohort of which less than three quarters have done waiting has a row and no bar.
func TestWaitsWithoutQuartiles(t *testing.T) {
	nl, err := wordsOf("nl")
	if err != nil {
		t.Fatal(err)
	}
	p, err := compose(&data{waits: []waitRow{{From: "permit", To: "settled", Cohort: 2026, People: 5, Waiting: 5}}}, nl)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range p.Sections {
		for _, f := range s.Figures {
			if f.ID == "waiting-permit-settled" && (len(f.Drawings) > 0 || !slices.Contains(f.Notes, nl.t("waiting.no_bars")) || len(f.Table.Rows) != 1) {
				t.Errorf("%d drawings, notes %q", len(f.Drawings), f.Notes)
			}
		}
	}
}
