package slice

import (
	"encoding/json"
	"fmt"

	"doorstroom/schemas"
)

// Slice is one message of the topic of slices: build the facts of the persons
// numbered from First up to and without Last.
type Slice struct {
	Build   uint64 `json:"build"`
	Number  uint32 `json:"slice"`
	First   uint32 `json:"first"`
	Last    uint32 `json:"last"`
	CutOff  string `json:"cut_off"`
	GridEnd string `json:"grid_end,omitempty"`
	// Definitions is their version: a worker that does not have it cannot do the slice.
	Definitions string `json:"definitions"`
}

func (s *Slice) encode() ([]byte, error) { return json.Marshal(s) }

// days gives the cut-off and the grid end, which is zero without one.
func (s *Slice) days() (cutOff, gridEnd schemas.Date, err error) {
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

func (s *Slice) table(name string) string { return fmt.Sprintf("work.b%d_%s", s.Build, name) }

func (s *Slice) persons() int { return int(s.Last - s.First) }
