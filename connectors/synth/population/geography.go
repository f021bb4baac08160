package population

import (
	"cmp"
	"slices"
	"time"

	"doorstroom/connectors/synth/calendar"
	"doorstroom/schemas/reference"
)

// Mergers lists the municipalities abolished in 2022 and 2023, as schemas/reference has them.
var Mergers = []struct {
	Old, Successor string
	On             calendar.Day
}{
	{"0370", "0439", calendar.DayOf(2022, 1, 1)},
	{"0398", "1980", calendar.DayOf(2022, 1, 1)},
	{"0416", "1980", calendar.DayOf(2022, 1, 1)},
	{"0756", "1982", calendar.DayOf(2022, 1, 1)},
	{"1684", "1982", calendar.DayOf(2022, 1, 1)},
	{"0786", "1982", calendar.DayOf(2022, 1, 1)},
	{"0815", "1982", calendar.DayOf(2022, 1, 1)},
	{"1702", "1982", calendar.DayOf(2022, 1, 1)},
	{"1685", "1991", calendar.DayOf(2022, 1, 1)},
	{"0856", "1991", calendar.DayOf(2022, 1, 1)},
	{"0457", "0363", calendar.DayOf(2022, 3, 24)},
	{"0501", "1992", calendar.DayOf(2023, 1, 1)},
	{"0530", "1992", calendar.DayOf(2023, 1, 1)},
	{"0614", "1992", calendar.DayOf(2023, 1, 1)},
}

// Municipality is one of the municipalities of 2023.
type Municipality struct {
	Code   string // four digits
	Region string // labour-market region, AMnn
	weight float64
	Old    []Merged // municipalities that went up in it
}

// Merged is an abolished municipality.
type Merged struct {
	Code string
	On   calendar.Day // first day under the new code
}

// population gives the inhabitants (thousands, about 2020, rounded) of the larger municipalities; the others count for smallTown. Homes for permit
// holders are divided by population (taakstelling).
var population = map[string]float64{
	"0363": 870, "0599": 650, "0518": 545, "0344": 358, "0772": 235, "0855": 220, "0014": 232, "0034": 212, "0758": 184, "0268": 177,
	"0202": 162, "0307": 157, "0392": 162, "0200": 163, "0153": 159, "0394": 155, "0796": 155, "0637": 125, "0193": 129, "0080": 124,
	"0546": 125, "0484": 112, "1680": 25, "0935": 121, "0505": 119, "0917": 87, "0361": 109, "0228": 118, "0995": 79, "0114": 107,
	"0150": 100, "0503": 103, "0983": 101, "0687": 48, "0406": 87, "0794": 92, "0297": 29, "0439": 90, "1980": 87, "1982": 90, "1991": 58, "1992": 73,
}

const smallTown = 31

// loadGeography lists the municipalities of 2023, ordered by region and code, with those that were merged into them.
func loadGeography() []Municipality {
	old := map[string][]Merged{}
	abolished := map[string]bool{}
	for _, m := range Mergers {
		old[m.Successor] = append(old[m.Successor], Merged{Code: m.Old, On: m.On})
		abolished[m.Old] = true
	}
	geography := reference.GeographyOn(time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC))
	var list []Municipality
	reference.Municipalities.Each(func(_ reference.Code, code string) {
		if abolished[code] {
			return
		}
		weight, known := population[code]
		if !known {
			weight = smallTown
		}
		list = append(list, Municipality{Code: code, Region: geography.Region(code), weight: weight, Old: old[code]})
	})
	slices.SortFunc(list, func(a, b Municipality) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.Code, b.Code))
	})
	return list
}
