package main

import (
	_ "embed"
	"strings"
	"testing"

	"doorstroom/dbt/dbttest"
)

//go:embed testdata/people.sql
var people string

// counted are the measures with what they have to give, counted by hand in testdata/people.sql.
var counted = []struct {
	measure, parameters    string
	numerator, denominator float64
}{
	{"azc_work_before", "from=2020 to=2020 until=2019 sex=M|V", 1, 2}, // ann, of ann and bob
	{"azc_work_before", "from=2020 to=2020 until=2020 sex=M|V", 1, 3}, // ann, of them and cas
	{"azc_work_before", "from=2020 to=2020 until=2020 sex=V", 0, 2},
	{"azc_work_after", "from=2020 to=2020 until=2019 sex=M|V", 0, 2},
	{"azc_work_after", "from=2020 to=2020 until=2020 sex=M|V", 1, 3}, // bob
	{"bijstand_4_years", "month=2022-06-01", 1, 2},                   // bob, of bob and cas
	{"bijstand_at_k", "cohort=2020 k=12 dimension=total value=total", 1, 3},
	{"bijstand_at_k", "cohort=2020 k=12 dimension=nationality_group value=syrie", 0, 2},
	{"bijstand_in_month", "month=2022-06-01", 2, 3},                                 // bob and cas, and ann
	{"displaced_work", "month=2022-06-01 dimension=contract value=temporary", 1, 2}, // uma, of uma and ulo
	{"displaced_working", "month=2022-06-01", 2, 3},                                 // uma and ulo, and uri
	{"exit_outcome", "outcome=loose_6 year=2021", 1, 2},                             // ann, of ann and dan
	{"exit_outcome", "outcome=loose_18 year=2021", 0, 1},                            // of ann it is not known
	{"law_count", "cohort=2020 value=Wi2013", 2, 0},                                 // ann and bob
	{"not_reached_law_count", "cohort=2020 value=Wi2013 kind=settled last=2020-04-01", 1, 0},
	{"not_reached_share", "from=2020 to=2020 dimension=law value=Wi2013|Wi2021 kind=settled last=2020-12-01", 1, 3}, // cas
	{"reached_count", "population=asylum kind=settled dimension=total value=total first=2020-04-01 last=2020-06-01", 3, 0},
	{"reached_count", "population=asylum kind=settled dimension=total value=total first=2020-05-01 last=2020-12-01", 2, 0},
	{"reached_law_count", "cohort=2020 value=Wi2013 kind=settled last=2020-04-01", 1, 0}, // ann
	{"reached_share", "from=2020 to=2020 dimension=law value=Wi2013|Wi2021 kind=settled last=2020-12-01", 2, 3},
	{"sector_at_k", "cohort=2020 k=12 value=33", 1, 2},                             // ann, of ann and cas
	{"sector_in_month", "from=2020 to=2021 month=2022-06-01 value=33", 1, 2},       // ann, of ann and cas
	{"sector_of_nationality", "nationality=syrie month=2022-06-01 value=35", 1, 2}, // cas, of ann and cas
	{"settling_waited", "cohort=2020 year=2020", 2, 3},                             // ann and the child, and bob
	{"work_permit_not_granted", "year=2022", 2, 3},                                 // pim and ann, and pia
	{"working_at_k", "cohort=2020 k=12 dimension=total value=total", 2, 3},         // ann and cas, and bob
	{"working_in_month", "population=asylum from=2020 to=2021 month=2022-06-01", 2, 3},
}

// TestEveryMeasureCounts asks every measure of marts that dbt made of people who can be counted by hand.
func TestEveryMeasureCounts(t *testing.T) {
	w := dbttest.Start(t)
	w.Deliver(t)
	w.Script(t, people)
	w.MustBuild(t, "2026-06-30", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test")
	files, err := tables.ReadDir("measures")
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, file := range files {
		missing[strings.TrimSuffix(file.Name(), ".sql")] = true
	}
	for _, c := range counted {
		delete(missing, c.measure)
		f := &figure{measure: c.measure, parameters: map[string]string{}}
		for pair := range strings.FieldsSeq(c.parameters) {
			name, value, _ := strings.Cut(pair, "=")
			f.parameters[name] = value
		}
		query, shares, err := combine("2026-06-30", []*figure{f})
		if err != nil {
			t.Fatal(err)
		}
		var place int32
		var numerator, denominator float64
		if err := w.QueryRow(t.Context(), "SELECT toInt32(tupleElement(t, 1)), tupleElement(t, 2), tupleElement(t, 3) FROM (SELECT tuple(*) AS t FROM ("+query+"))").Scan(&place, &numerator, &denominator); err != nil {
			t.Fatalf("%s: %v", c.measure, err)
		}
		if numerator != c.numerator || denominator != c.denominator || shares[0] != (c.denominator > 0) {
			t.Errorf("%s %s gives %v of %v, want %v of %v", c.measure, c.parameters, numerator, denominator, c.numerator, c.denominator)
		}
	}
	for measure := range missing {
		t.Errorf("%s is not counted by hand", measure)
	}
	everyFigureRuns(t, w)
}

// everyFigureRuns asks the query of all published figures at once, as calibrate does.
func everyFigureRuns(t *testing.T, w *dbttest.Warehouse) {
	t.Helper()
	query, shares, err := combine("2026-06-30", allFigures(t))
	if err != nil {
		t.Fatal(err)
	}
	if n := w.Number(t, "SELECT count() FROM ("+query+")"); n != uint64(len(shares)) {
		t.Errorf("%d rows for %d measures", n, len(shares))
	}
}
