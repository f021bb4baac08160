package report

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
)

//go:embed reference/published_figures.csv
var publishedCSV []byte

//go:embed reference/primary_sources.csv
var primaryCSV []byte

//go:embed reference/uwv_sector.csv
var sectorCSV []byte

// figure is a published figure to lay beside ours. Value is as published, in its unit.
type figure struct {
	metric, population, cohort, moment, group string
	value                                     float64
	source                                    string
}

// publishedFigures are those of the reference table whose value is one number; ranges such as 40-50 are left out.
func publishedFigures() ([]figure, error) {
	rows, err := csv.NewReader(bytes.NewReader(publishedCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the published figures: %w", err)
	}
	var found []figure
	for _, r := range rows[1:] {
		value, err := strconv.ParseFloat(r[5], 64)
		if err != nil {
			continue // a range
		}
		found = append(found, figure{r[0], r[1], r[2], r[3], r[4], value, r[7]})
	}
	return found, nil
}

// monthsSincePermit reads "30 mnd na vergunning" or "30 mnd"; ok is false for another moment.
func (f figure) monthsSincePermit() (k int, ok bool) {
	number, rest, _ := strings.Cut(f.moment, " ")
	if rest != "mnd na vergunning" && rest != "mnd" {
		return 0, false
	}
	k, err := strconv.Atoi(number)
	return k, err == nil
}

// sourceURL is the web address in the source, empty when there is none.
func (f figure) sourceURL() string {
	start := strings.Index(f.source, "https://")
	if start < 0 {
		return ""
	}
	url, _, _ := strings.Cut(f.source[start:], " ")
	return strings.TrimRight(url, ");")
}

// primarySources gives who made the figures that a web address repeats.
func primarySources() (map[string]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(primaryCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the primary sources: %w", err)
	}
	names := map[string]string{}
	for _, r := range rows[1:] {
		names[r[0]] = r[1]
	}
	return names, nil
}

// nationOf is our nationality group for a group of the published figures.
var nationOf = map[string]string{
	"Syrië": "syrie", "Eritrea": "eritrea", "Afghanistan": "afghanistan", "Irak": "irak", "Iran": "iran", "Turkije": "turkije",
}

// sectorNames gives the name of each wage-tax sector by its code.
func sectorNames() (map[string]string, error) {
	rows, err := csv.NewReader(bytes.NewReader(sectorCSV)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read the names of the sectors: %w", err)
	}
	names := map[string]string{}
	for _, r := range rows[1:] {
		names[r[0]] = r[1]
	}
	return names, nil
}
