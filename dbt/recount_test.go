package dbt_test

import (
	"testing"

	"doorstroom/dbt/dbttest"
)

// TestRecount holds every cell of every mart against a second computation, with another edition beside it and
// people on every bound.
func TestRecount(t *testing.T) {
	w := dbttest.Start(t)
	w.Deliver(t)
	w.Fill(t, "2026-05-31", "400")
	w.Fill(t, "2026-06-30", "1500")
	w.Edges(t)
	w.MustBuild(t, "2026-06-30", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "test")
	t.Run("curves are those of lifelines", func(t *testing.T) { curvesAreThoseOfLifelines(t, w) })
	dbttest.Recount(t, "2026-06-30", func(query string) []byte { return w.Parquet(t, query) })
}
