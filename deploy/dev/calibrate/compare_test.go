package main

import (
	"math"
	"strings"
	"testing"
)

func share(low, high, numerator, denominator float64) *result {
	return &result{figure: &figure{low: low, high: high, unit: "%", target: "t", measure: "working_at_k"}, isShare: true, numerator: numerator, denominator: denominator}
}

func TestDifference(t *testing.T) {
	for name, c := range map[string]struct {
		r    *result
		want float64
	}{
		"above":               {share(10, 10, 12, 100), 2},
		"below":               {share(10, 10, 7, 100), -3},
		"in a range":          {share(40, 50, 45, 100), 0},
		"below a range":       {share(40, 50, 38, 100), -2},
		"above a range":       {share(40, 50, 53, 100), 3},
		"a count, scaled two": {&result{figure: &figure{low: 100, high: 100}, numerator: 45, scale: 2}, -10},
	} {
		if got := c.r.difference(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// Two points off passes a tolerance of two, a tenth more does not, unless so few people were counted that chance does that.
func TestJudge(t *testing.T) {
	two := target{name: "t", tolerance: 2}
	for name, c := range map[string]struct {
		results []*result
		pass    bool
	}{
		"at the bound":             {[]*result{share(10, 10, 12_000, 100_000)}, true},
		"over it":                  {[]*result{share(10, 10, 12_100, 100_000)}, false},
		"under it":                 {[]*result{share(10, 10, 7_900, 100_000)}, false},
		"over it, by chance":       {[]*result{share(10, 10, 13, 100)}, true},
		"one of two":               {[]*result{share(10, 10, 12_000, 100_000), share(10, 10, 13_000, 100_000)}, false},
		"nobody to count":          {[]*result{share(10, 10, 0, 0)}, false},
		"no figure of that target": {nil, false},
	} {
		if got := judge(two, c.results); got.pass != c.pass {
			t.Errorf("%s: %v (%s), want %v", name, got.pass, got.detail, c.pass)
		}
	}
}

func nation(moment, group string, published, numerator float64) *result {
	r := share(published, published, numerator, 1000)
	r.metric, r.cohort, r.moment, r.group = "werkend", "2014", moment, group
	return r
}

func TestJudgeOrder(t *testing.T) {
	const at = "30 mnd na vergunning"
	for name, c := range map[string]struct {
		results []*result
		pass    bool
	}{
		"same order":           {[]*result{nation(at, "A", 10, 100), nation(at, "B", 12, 101)}, true},
		"other order":          {[]*result{nation(at, "A", 10, 160), nation(at, "B", 12, 100)}, false},
		"other, by chance":     {[]*result{nation(at, "A", 10, 101), nation(at, "B", 12, 100)}, true},
		"too close to count":   {[]*result{nation(at, "A", 10, 110), nation(at, "B", 11.9, 100), nation(at, "C", 20, 200)}, true},
		"not at the same time": {[]*result{nation(at, "A", 10, 110), nation("36 mnd na vergunning", "B", 20, 100)}, false},
	} {
		if got := judgeOrder(c.results); got.pass != c.pass {
			t.Errorf("%s: %v (%s), want %v", name, got.pass, got.detail, c.pass)
		}
	}
}

func TestJudgeCrossing(t *testing.T) {
	const early, late = "30 mnd na vergunning", "90 mnd na vergunning"
	others := []*result{nation(early, "Irak", 14, 140), nation(late, "Irak", 33, 330)}
	for name, c := range map[string]struct {
		early, late float64
		pass        bool
	}{
		"crossed": {58, 616, true}, "never behind": {140, 616, false}, "never ahead": {58, 330, false},
	} {
		if got := judgeCrossing(append(others, nation(early, "Eritrea", 5.8, c.early), nation(late, "Eritrea", 61.6, c.late))); got.pass != c.pass {
			t.Errorf("%s: %v (%s), want %v", name, got.pass, got.detail, c.pass)
		}
	}
}

// Two thousand permits published, one thousand counted: one synthetic person stands for two.
func TestScale(t *testing.T) {
	permits := &result{figure: &figure{metric: "verleende asielvergunningen", group: "Syrië", low: 2000, high: 2000}, numerator: 1000}
	total := &result{figure: &figure{metric: "verleende asielvergunningen", group: "totaal", low: 9, high: 9}, numerator: 5}
	if got := setScale([]*result{permits, total}); got != 2 || total.ours() != 10 {
		t.Errorf("scale %v, five are %v; want 2 and 10", got, total.ours())
	}
}

func TestPageTellsEveryFigure(t *testing.T) {
	figures := allFigures(t)
	var results []*result
	for _, f := range figures {
		if f.measure != "" {
			results = append(results, &result{figure: f, isShare: f.unit == "%", numerator: 1, denominator: 2, scale: 1})
		}
	}
	page := compose(options{persons: 2, seed: 1, asOf: "2026-06-30"}, "7", 1, figures, results, []verdict{{meaning: "met", pass: true}, {meaning: "nearly", pass: true, byChance: true}, {meaning: "missed"}})
	rows := 0
	for line := range strings.Lines(page) {
		for _, f := range figures {
			if strings.Contains(line, "| "+f.population+" | "+f.cohort+" | "+f.moment+" | "+f.group+" |") {
				rows++
				break
			}
		}
	}
	if rows != 180 {
		t.Errorf("%d of 180 figures are on the page", rows)
	}
	if !strings.Contains(page, "made with definitions 7,") {
		t.Error("the page does not tell the definitions")
	}
	if !strings.Contains(page, "| met | yes |") || !strings.Contains(page, "| nearly | not strictly |") || !strings.Contains(page, "| missed | **no** |") {
		t.Error("the page does not tell which targets are met")
	}
}
