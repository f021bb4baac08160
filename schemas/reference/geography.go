package reference

import (
	"strings"
	"time"
)

// geography2023 is the first day of the newer geography.
var geography2023 = time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)

// Geography is the division of municipalities into labour-market regions as of an edition.
type Geography struct {
	regions map[string]string
}

// GeographyOn gives the geography of an edition with that cut-off: before
// 2022-01-01 the list of 2021 as it is; from then on that of 2023, with
// abolished municipalities carried over to their successors.
func GeographyOn(cutOff time.Time) Geography {
	if cutOff.Before(geography2023) {
		return Geography{regions: regions("municipality_region_2021.csv")}
	}
	g := Geography{regions: regions("municipality_region_2023.csv")}
	old := mustColumn("municipality_mergers_2021_2023.csv", "oude_code")
	successor := mustColumn("municipality_mergers_2021_2023.csv", "nieuwe_code")
	for i, code := range old {
		g.regions[trimGM(code)] = g.regions[trimGM(successor[i])]
	}
	return g
}

// Region gives the labour-market region AMnn of a municipality (4 digits),
// empty for a code without one.
func (g Geography) Region(municipality string) string { return g.regions[municipality] }

func regions(file string) map[string]string {
	codes := mustColumn(file, "gemeentecode")
	region := mustColumn(file, "arbeidsmarktregiocode")
	m := make(map[string]string, len(codes))
	for i, code := range codes {
		m[trimGM(code)] = region[i]
	}
	return m
}

func trimGM(code string) string { return strings.TrimPrefix(code, "GM") }
