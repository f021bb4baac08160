package synth

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"sort"
)

//go:embed reference/municipality_region_2023.csv
var regions2023 []byte

//go:embed reference/municipality_mergers_2021_2023.csv
var mergers []byte

// municipality is one of the municipalities of 2023.
type municipality struct {
	code   string // four digits
	region string // labour-market region, AMnn
	weight float64
	old    []merged // municipalities that went up in it
}

// merged is an abolished municipality.
type merged struct {
	code string
	on   day // first day under the new code
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

// loadGeography reads the municipalities of 2023, ordered by region and code, with those that were merged into them.
func loadGeography() ([]municipality, error) {
	rows, err := csv.NewReader(bytes.NewReader(regions2023)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the municipalities of 2023: %w", err)
	}
	list := make([]municipality, 0, len(rows)-1)
	at := map[string]int{}
	for _, r := range rows[1:] {
		code, region := r[0][2:], r[3]
		weight, known := population[code]
		if !known {
			weight = smallTown
		}
		list = append(list, municipality{code: code, region: region, weight: weight})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].region != list[j].region {
			return list[i].region < list[j].region
		}
		return list[i].code < list[j].code
	})
	for i := range list {
		at[list[i].code] = i
	}
	gone, err := csv.NewReader(bytes.NewReader(mergers)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the municipal mergers: %w", err)
	}
	for _, r := range gone[1:] {
		i, known := at[r[2][2:]]
		if !known {
			return nil, fmt.Errorf("read the municipal mergers: a successor is not in the list of 2023")
		}
		var y, m, d int
		if _, err := fmt.Sscanf(r[4], "%d-%d-%d", &y, &m, &d); err != nil {
			return nil, fmt.Errorf("read the municipal mergers: date of a merger: %w", err)
		}
		list[i].old = append(list[i].old, merged{code: r[0][2:], on: dayOf(y, m, d)})
	}
	return list, nil
}
