package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"doorstroom/deploy/testservers/clickhousetest"
)

// TestMain lets this test binary be the ClickHouse process.
func TestMain(m *testing.M) { clickhousetest.Main(m) }

func allFigures(t *testing.T) []*figure {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "connectors", "synth", "reference", "published_figures.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	figures, err := readFigures(file)
	if err != nil {
		t.Fatal(err)
	}
	return figures
}

// TestMappingIsComplete: every published figure has a measure whose parameters fit or a reason, every measure is used,
// and every target that is named is one that is listed.
func TestMappingIsComplete(t *testing.T) {
	figures := allFigures(t)
	if len(figures) != 180 {
		t.Errorf("%d figures are published, 180 are known of", len(figures))
	}
	targets, err := readTargets()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]int{}
	used := map[string]bool{}
	for _, f := range figures {
		named[f.target]++
		used[f.measure] = true
		if f.target != "" && f.measure == "" {
			t.Errorf("%s has a target and no measure", f.key())
		}
	}
	for _, target := range targets {
		if named[target.name] == 0 {
			t.Errorf("target %s is named by no figure", target.name)
		}
		delete(named, target.name)
	}
	delete(named, "")
	if len(named) > 0 {
		t.Errorf("mapping.csv names targets that targets.csv does not have: %v", named)
	}
	if _, _, err := combine("2026-06-30", figures); err != nil {
		t.Error(err)
	}
	files, err := tables.ReadDir("measures")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !used[strings.TrimSuffix(file.Name(), ".sql")] {
			t.Errorf("no figure is measured by %s", file.Name())
		}
	}
}

func TestMappingMustFit(t *testing.T) {
	const head = "metric,populatie,cohort,moment,groep,waarde,eenheid,bron,opmerking\n"
	for name, c := range map[string]struct{ published, want string }{
		"a figure without a row": {head + "nieuw,wie,2014,nu,totaal,1,%,bron,\n", "no row for nieuw / wie / 2014 / nu / totaal"},
		"no number":              {head + "nieuw,wie,2014,nu,totaal,veel,%,bron,\n", "published value"},
		"rows left over":         {head, "which is not published"},
	} {
		if _, err := readFigures(strings.NewReader(c.published)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
	for name, row := range map[string][]string{
		"neither": {"", "", "", "", "", "", "", "", "", "", ""},
		"both":    {"", "", "", "", "", "law_count", "", "", "", "none", ""},
		"twice":   {"", "", "", "", "", "law_count", "cohort=2014 cohort=2015", "", "", "", ""},
		"no name": {"", "", "", "", "", "law_count", "2014", "", "", "", ""},
	} {
		if err := (&figure{}).apply(row); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestMeasureParameters(t *testing.T) {
	m := measure{query: "SELECT {name:column}_out WHERE edition = {edition} AND value IN ({value})"}
	got, err := m.fill("2026-06-30", map[string]string{"name": "loose_6", "value": "33|34"})
	if want := "SELECT loose_6_out WHERE edition = '2026-06-30' AND value IN ('33', '34')"; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	for name, parameters := range map[string]map[string]string{
		"one missing":  {"name": "loose_6"},
		"one too many": {"name": "loose_6", "value": "33", "k": "30"},
		"no plain one": {"name": "loose_6", "value": "33' OR '1"},
	} {
		if _, err := m.fill("2026-06-30", parameters); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
