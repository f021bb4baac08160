package edition

import (
	"doorstroom/pipelines/slice"
	"doorstroom/schemas"
)

// slices cuts the persons of a build into slices.
func (a *attempt) slices(persons, size int, gridEnd schemas.Date, definitions string) []slice.Slice {
	var out []slice.Slice
	for first := 0; first < persons; first += size {
		out = append(out, slice.Slice{
			Build: a.build, Number: uint32(len(out)), First: uint32(first), Last: uint32(min(first+size, persons)),
			CutOff: a.cutOff.String(), GridEnd: gridEnd.String(), Definitions: definitions,
		})
	}
	return out
}
