package reference

import (
	"strings"

	"doorstroom/pipelines/route/definition"
)

// definitions are the numbers and codes of a set; what they mean is told once
// more here, without the code of route.
type definitions definition.Set

// among tells whether a code stands in a list of codes.
func among(list definition.Codes, code string) bool {
	for one := range strings.FieldsSeq(string(list)) {
		if one == code {
			return true
		}
	}
	return false
}
