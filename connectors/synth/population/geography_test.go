package population

import (
	"testing"
)

// The list of 2023 has 342 municipalities; 14 were abolished in 2022 and 2023.
func TestMunicipalitiesOf2023(t *testing.T) {
	towns := loadGeography()
	old := 0
	for _, town := range towns {
		old += len(town.Old)
		if town.Region == "" {
			t.Errorf("municipality %s has no region", town.Code)
		}
	}
	if len(towns) != 342 || old != 14 {
		t.Errorf("%d municipalities and %d abolished ones, want 342 and 14", len(towns), old)
	}
}
