package main

import (
	"path/filepath"
	"testing"

	"doorstroom/dbt/dbttest"
)

// TestMartsAreRecounted holds every cell of every mart against a second computation.
func TestMartsAreRecounted(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "suppliers")
	u.run("synth", "--out", landing, "--persons", "2000", "--seed", "7", "--as-of", "2026-06-30").exits(0)
	u.run("run", "--landing", landing, "--as-of", "2026-03-31").exits(0)
	dbttest.Recount(t, "2026-03-31", func(query string) []byte {
		return []byte(u.run("sql", "--format", "Parquet", query).exits(0).out)
	})
}
