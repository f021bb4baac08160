package dbt_test

import (
	"testing"

	"doorstroom/dbt/dbttest"
)

// curvesAreThoseOfLifelines wants the estimates of time_to_event, and their bands, from another program for the same people.
func curvesAreThoseOfLifelines(t *testing.T, w *dbttest.Warehouse) {
	for _, line := range dbttest.CompareCurves(t, w.CSV(t, `SELECT event, cohort, dimension, value, months, ended, exits + censored AS lost,
		still_waiting_share, still_waiting_low, still_waiting_high
		FROM marts.time_to_event WHERE edition = '2026-06-30' AND dimension IN ('total', 'sex')
		ORDER BY event, cohort, dimension, value, months`)) {
		t.Error(line)
	}
}
