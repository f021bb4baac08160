package report

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
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
