package edition

import (
	"fmt"

	"doorstroom/pipelines/route"
	"doorstroom/pipelines/route/definition"
	"doorstroom/pipelines/slice"
)

// RouteEdition is what route has to know of an edition. It fails when the
// edition was made under definitions that this program does not have.
func (e *Edition) RouteEdition() (*route.Edition, error) {
	definitions, err := definition.Published().Version(e.DefinitionVersion)
	if err != nil {
		return nil, fmt.Errorf("edition %s: %w", e.CutOff, err)
	}
	return &route.Edition{Definitions: definitions, CutOff: e.CutOff, GridEnd: e.GridEnd, Region: slice.GeographyOn(e.CutOff).Region}, nil
}
