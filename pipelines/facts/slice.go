package facts

import (
	"encoding/json"
	"fmt"

	"doorstroom/schemas"
)

// defaultSlice is how many persons make some 800,000 month rows: large enough
// for an insert to be cheap, small enough for several slices to be in memory.
const defaultSlice = 10_000

// slice is one message of the topic of slices: build the facts of the persons
// numbered from First up to and without Last.
type slice struct {
	Build   uint64 `json:"build"`
	Number  uint32 `json:"slice"`
	First   uint32 `json:"first"`
	Last    uint32 `json:"last"`
	CutOff  string `json:"cut_off"`
	GridEnd string `json:"grid_end,omitempty"`
	// Definitions is their version: a worker that does not have it cannot do the slice.
	Definitions string `json:"definitions"`
}

// slices cuts the persons of a build into slices.
func (a *attempt) slices(persons, size int, gridEnd schemas.Date, definitions string) []slice {
	var out []slice
	for first := 0; first < persons; first += size {
		out = append(out, slice{
			Build: a.build, Number: uint32(len(out)), First: uint32(first), Last: uint32(min(first+size, persons)),
			CutOff: a.cutOff.String(), GridEnd: gridEnd.String(), Definitions: definitions,
		})
	}
	return out
}

func (s *slice) encode() ([]byte, error) { return json.Marshal(s) }

// days gives the cut-off and the grid end, which is zero without one.
func (s *slice) days() (cutOff, gridEnd schemas.Date, err error) {
	cutOff, ok := schemas.ParseISO(s.CutOff)
	if !ok {
		return 0, 0, fmt.Errorf("slice %d of build %d has no cut-off", s.Number, s.Build)
	}
	if s.GridEnd != "" {
		if gridEnd, ok = schemas.ParseISO(s.GridEnd); !ok {
			return 0, 0, fmt.Errorf("slice %d of build %d has a broken grid end", s.Number, s.Build)
		}
	}
	return cutOff, gridEnd, nil
}

func (s *slice) table(name string) string { return fmt.Sprintf("work.b%d_%s", s.Build, name) }

func (s *slice) persons() int { return int(s.Last - s.First) }
