package speccase_test

import (
	"slices"
	"strings"
	"testing"

	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/route/speccase"
	"doorstroom/schemas"
)

const head = "# A rule\n\nedition: cut-off 2024-12-31, horizon none\n\n## A case\n\n"

func TestParseFillsInWhatIsLeftOut(t *testing.T) {
	file, err := speccase.Parse(strings.NewReader(head + "uwv_employment:\nmonth | hours_paid\n2024-02..2024-03 | 7\n"))
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	rows := file.Cases[0].Person.Employments
	if len(rows) != 2 {
		t.Fatalf("%d rows, want one per month", len(rows))
	}
	got := rows[1]
	if got.RecordID != "1-2024-03" || got.PeriodStart != schemas.DateOf(2024, 3, 1) || got.PeriodEnd != schemas.DateOf(2024, 3, 31) ||
		got.IKVStart != schemas.DateOf(2024, 2, 1) || got.HoursPaid != 7 || got.SrtIV != "15" {
		t.Errorf("second month is %+v", got)
	}
}

func TestParseTellsWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unknown column":   {head + "coa_stay:\nplace\nhere\n", "no column place"},
		"no date":          {head + "coa_stay:\nstart\n2024-02-30\n", "column start"},
		"cells missing":    {head + "coa_stay:\nstart | end\n2024-02-01\n", "line 9: 1 cells under 2 columns"},
		"no edition":       {"# A rule\n\n## A case\n", "no edition"},
		"bad edition":      {"# A rule\nedition: as of 2024\n", "line 2"},
		"no case":          {"# A rule\n", "at least one case"},
		"no month":         {head + "=> month_status:\nmonth\n2024-13\n", "2024-13"},
		"bad definitions":  {head + "definitions: 1, none\n", `line 7: no definitions with version "none": this program has 1, 2`},
		"bad regions":      {head + "regions: 0363\n", "regions read"},
		"bad expectation":  {head + "=> job\n", "an expectation reads"},
		"bad where":        {head + "=> job where E1:\n", "where needs"},
		"records too soon": {"# A rule\ncoa_stay:\n", "before the first case"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := speccase.Parse(strings.NewReader(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Parse gave %v, want it to tell %q", err, c.want)
			}
		})
	}
}

func TestCheckTellsEveryDifference(t *testing.T) {
	file, err := speccase.Parse(strings.NewReader(head +
		"=> job where employer = E1, E2:\nemployer | job\nE1 | 1\nE2 | 1\n\n=> job:\nboss\nE1\n\n=> trade:\nno rows\n"))
	if err != nil {
		t.Fatalf("Parse: %v", err)
	}
	facts := []speccase.Table{{Name: "job", Columns: []string{"employer", "job"}, Rows: [][]string{{"E1", "2"}, {"E3", "1"}}}}
	got := file.Cases[0].Check(facts)
	want := []string{"job row 1 (E1): job is 2, want 1", "job row 2 is missing: E2 | 1", "job has no column boss", "there is no table trade"}
	if !slices.Equal(got, want) {
		t.Errorf("Check gave %q, want %q", got, want)
	}
}

// TestCaseNamesItsDefinitions: the line of a case goes before that of the file, and without any a case holds for all.
func TestCaseNamesItsDefinitions(t *testing.T) {
	other := definition.Published().Newest()
	other.Version = "other"
	for name, c := range map[string]struct {
		text string
		all  bool
	}{
		"no line":            {head, true},
		"the line of a case": {head + "definitions: 1\n", false},
		"the line of a file": {strings.Replace(head, "\n\n## ", "\ndefinitions: 1\n\n## ", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			file, err := speccase.Parse(strings.NewReader(c.text))
			if err != nil {
				t.Fatalf("Parse: %v", err)
			}
			first, err := definition.Published().Version("1")
			if err != nil {
				t.Fatal(err)
			}
			if ed, holds := file.Cases[0].Under(first); !holds || ed.Definitions != first {
				t.Error("it does not hold for definitions 1")
			}
			if _, holds := file.Cases[0].Under(other); holds != c.all {
				t.Errorf("it holds for other definitions: %t", holds)
			}
			if named := strings.Contains(file.Markdown(), "definitions 1. Records"); named == c.all {
				t.Errorf("the page names the definitions: %t", named)
			}
		})
	}
}
