package report

import (
	"math"
	"time"
)

// MadePage is a report on invented numbers, of as many cohorts, sectors and deliveries as a real one has and with the longest
// words that there are: what its layout has to hold, without a warehouse.
func MadePage() ([]byte, error) {
	nl, err := wordsOf("nl")
	if err != nil {
		return nil, err
	}
	return render(compose(madeData(), nl))
}

func madeDay(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func madeData() *data {
	horizon, end := madeDay(2026, 4, 30), madeDay(2026, 4, 30)
	d := &data{edition: edition{
		Edition: madeDay(2026, 6, 30), DefinitionVersion: "2", Synthetic: true, WorkHorizon: &horizon, GridEnd: &end, Persons: 400_000,
		WithPermit: 251_234, Displaced: 118_765, ConflictSets: 1234, ConflictPseudonyms: 3456,
	}}
	for cohort := uint16(2014); cohort <= 2026; cohort++ {
		d.madeCohort(cohort)
	}
	d.madeMonths()
	d.madeWork()
	d.madeDeliveries()
	return d
}

func (d *data) madeCohort(cohort uint16) {
	last := (2026-int(cohort))*12 - 8
	for k := 0; k <= last; k++ {
		grows := 0.6 * (1 - math.Exp(-float64(k)/(70-2*float64(cohort-2014))))
		rests := 0.2 + 0.7*math.Exp(-float64(k)/60)
		held := grows * 0.7
		d.cohorts = append(d.cohorts, cohortRow{Cohort: cohort, K: int16(k), Complete: true, Initial: 12_345 + uint64(k), Present: 11_000,
			Working: &grows, WorkingOfHere: &grows, Bijstand: &rests, Sustained: &held})
	}
	p25, median, p75, risk, share := uint32(120), uint32(420+10*(cohort-2014)), uint32(1985), uint64(7345), 0.876
	for _, pair := range waitPairs {
		d.waits = append(d.waits, waitRow{From: pair[0], To: pair[1], Cohort: cohort, People: 15_432, Before: 1234, Waited: 10_000, Left: 1234, Waiting: 3210,
			Waits3Share: &share, AtRisk3: 12_345, P25: &p25, Median: &median, P75: &p75, AtRiskMedian: &risk})
	}
	for _, kind := range reachedKinds {
		r := reachedRow{Cohort: cohort, Kind: kind, Eligible: 12_345, Share: &share}
		if kind == "pip_signed" && cohort < 2022 {
			r.Eligible = 0
		}
		d.reached = append(d.reached, r)
	}
	for _, nation := range nationOf {
		d.nations = append(d.nations, nationRow{Cohort: cohort, K: 30, Nation: nation, Complete: true, Initial: 1234, Working: &share})
	}
	d.azc = append(d.azc, azcRow{cohort, "before_permit", 12_345, 1234}, azcRow{cohort, "after_permit", 12_345, 2345})
	d.azcByYear = append(d.azcByYear, azcByYearRow{cohort, 2023, 12_345, 234, 2345})
	d.settled = append(d.settled, settledRow{cohort, cohort, 4321, 1234})
	d.exits = append(d.exits, exitRow{Year: cohort, Ended: 12_345, Known: 12_000, ToWork: 4321, Loose6Known: 4000, Loose6: 3300, Loose18Known: 3900, Loose18: 2800, Strict18Known: 3900, Strict18: 2000})
	d.personLink = append(d.personLink, personLinkRow{"asylum", &cohort, 12_000, 12_345})
	d.linkHistory = append(d.linkHistory, linkHistoryRow{cohort, 12_345, 12_000, &share})
}

func (d *data) madeMonths() {
	for _, population := range []string{"asylum", "displaced"} {
		for month := madeDay(2012, 3, 1); !month.After(madeDay(2026, 4, 1)); month = month.AddDate(0, 1, 0) {
			for i, stage := range stageOrder {
				people := uint64(month.Year()-2011) * uint64(1000+300*i)
				d.stages = append(d.stages, stageRow{population, month, stage.name, people, people / 2})
			}
			if population == "asylum" {
				d.bijstand = append(d.bijstand, bijstandRow{month, 123_456, 65_432, 23_456})
			}
		}
	}
}

func (d *data) madeWork() {
	for i, population := range []string{"asylum", "displaced"} {
		for dimension, values := range map[string][]string{
			"contract": contracts, "hours_class": hoursOrder, "sector": {"08", "35", "64", "48", "62", "17", "33", "45"}, // the longest names
		} {
			for j, value := range values {
				d.work = append(d.work, workRow{population, dimension, value, uint64(12_000 - 1000*i - 1300*j)})
			}
		}
	}
}

func (d *data) madeDeliveries() {
	drawn := madeDay(2026, 9, 30)
	for _, supplier := range []string{"coa", "municipality", "uwv", "duo", "idw"} {
		d.suppliers = append(d.suppliers, supplierRow{supplier, 1234, 12, 3, 123_456_789, 123_400_000, 56_789, &drawn})
		d.held = append(d.held, heldRow{supplier, supplier + "-2026-06-a-delivery-with-a-long-name", "refused", "contract_version_unknown"})
	}
	for record, field := range map[string]string{"municipality_inburgering": "intake_started_on", "uwv_employment": "period_end", "coa_stay": ""} {
		d.quarantine = append(d.quarantine, quarantineRow{"municipality", record, field, "municipality_not_in_manifest", 12_345})
		d.linkage = append(d.linkage, linkageRow{"municipality", record, 123_456_789, 234_567, 200_000, 30_000, 4000, 567})
	}
	d.quality = append(d.quality, qualityRow{"milestone_order", "diploma_valued before diploma_requested", 234_567, 1234})
}
