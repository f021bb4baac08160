package main

import (
	"bytes"
	"context"
	"path/filepath"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/dbt/dbttest"
)

// TestMartsAreRecounted holds every cell of every mart against a second computation.
func TestMartsAreRecounted(t *testing.T) {
	t.Parallel()
	u, landing := newUser(t), filepath.Join(t.TempDir(), "suppliers")
	u.run("synth", "--out", landing, "--persons", "2000", "--seed", "7", "--as-of", "2026-06-30").exits(0)
	u.run("run", "--landing", landing, "--as-of", "2026-03-31").exits(0)
	u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error {
		dbttest.Recount(t, "2026-03-31", func(query string) []byte {
			var rows bytes.Buffer
			if err := e.Ask(ctx, query, "Parquet", &rows); err != nil {
				t.Fatal(err)
			}
			return rows.Bytes()
		})
		return nil
	})
}
