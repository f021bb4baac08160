package disclosure_test

import (
	"context"
	"fmt"

	"doorstroom/pipelines/audit"
	"doorstroom/pipelines/disclosure"
	"doorstroom/pipelines/disclosure/cells"
)

// Region A is below the threshold of 10. B goes with it, or A would be the total less the others.
func ExampleProtect() {
	model, err := cells.Build(cells.Input{
		Rules: cells.Rules{Threshold: 10, Range: 10},
		Tables: []cells.InputTable{{
			Name: "by_region", Dimensions: []string{"region"},
			Rows: []cells.InputRow{
				{Values: []string{"A"}, Count: 3},
				{Values: []string{"B"}, Count: 20},
				{Values: []string{"C"}, Count: 40},
				{Values: []string{cells.Total}, Count: 63},
			},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	view, err := disclosure.Protect(context.Background(), model, audit.Ranges)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range model.Tables[0].Rows {
		if view.Shown[row.Cell] {
			fmt.Println(model.Describe(row.Cell), view.Figure[row.Cell])
		} else {
			fmt.Println(model.Describe(row.Cell), "suppressed")
		}
	}
	// Output:
	// table by_region: region=A suppressed
	// table by_region: region=B suppressed
	// table by_region: region=C 40
	// table by_region: region=total 63
}

// All forty people of a group have the same status, so the table tells it of each of them; of twenty in forty it does not.
func ExampleGroupDisclosure() {
	fmt.Println(disclosure.GroupDisclosure(40, 40), disclosure.GroupDisclosure(20, 40))
	// Output: true false
}
