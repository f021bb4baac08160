package audit_test

import (
	"context"
	"fmt"
	"os"

	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure/cells"
)

// Region A is suppressed, but B, C and the total are published: anybody can subtract. The audit says so.
func ExampleAudit() {
	model, err := cells.Build(cells.Input{
		Rules: cells.Rules{Threshold: 10, Range: 10},
		Tables: []cells.InputTable{{
			Name: "by_region", Dimensions: []string{"region"},
			Rows: []cells.InputRow{
				{Values: []string{"A"}, Status: cells.Suppressed},
				{Values: []string{"B"}, Status: cells.Published, Count: 20},
				{Values: []string{"C"}, Status: cells.Published, Count: 40},
				{Values: []string{cells.Total}, Status: cells.Published, Count: 63},
			},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	view, err := model.Seen()
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := audit.Audit(context.Background(), view, audit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, finding := range report.Narrow() {
		fmt.Printf("%s is %d to %d\n", model.Describe(finding.Cell), finding.Range.Low, finding.Range.High)
	}
	// Output:
	// table by_region: region=A is 3 to 3
}

// B is suppressed too: A and B are 23 together, so A can be anything from 0 to 23.
func ExampleReport_WriteCSV() {
	model, err := cells.Build(cells.Input{
		Rules: cells.Rules{Threshold: 10, Range: 10},
		Tables: []cells.InputTable{{
			Name: "by_region", Dimensions: []string{"region"},
			Rows: []cells.InputRow{
				{Values: []string{"A"}, Status: cells.Suppressed},
				{Values: []string{"B"}, Status: cells.Suppressed},
				{Values: []string{"C"}, Status: cells.Published, Count: 40},
				{Values: []string{cells.Total}, Status: cells.Published, Count: 63},
			},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	view, err := model.Seen()
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := audit.Audit(context.Background(), view, audit.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := report.WriteCSV(os.Stdout, model); err != nil {
		fmt.Println(err)
	}
	// Output:
	// table,region,low,high
	// by_region,A,0,23
	// by_region,B,0,23
}
