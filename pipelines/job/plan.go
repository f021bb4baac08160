package job

import (
	"fmt"
	"slices"
)

// Step is one step of the plan.
type Step string

// The steps, in order.
const (
	Load  Step = "load"
	Facts Step = "facts"
	Marts Step = "marts"
)

// Steps are all steps in the order in which they are done.
var Steps = []Step{Load, Facts, Marts}

// Choose gives the steps to do: all, one only, or from one on. Both empty is all.
func Choose(only, from string) ([]Step, error) {
	if only != "" && from != "" {
		return nil, fmt.Errorf("--only and --from exclude each other")
	}
	name := only + from
	if name == "" {
		return Steps, nil
	}
	i := slices.Index(Steps, Step(name))
	if i < 0 {
		return nil, fmt.Errorf("no step %q: the steps are load, facts and marts", name)
	}
	if only != "" {
		return Steps[i : i+1], nil
	}
	return Steps[i:], nil
}
