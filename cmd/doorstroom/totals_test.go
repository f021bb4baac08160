package main

import (
	"context"
	"testing"

	"doorstroom/cmd/doorstroom/internal/engines"
	"doorstroom/cmd/doorstroom/internal/exit"
)

// TestRunNamesWhatDiffers plants a difference in raw, in the facts and in what a mart is made of: the run fails with exit
// code 1 and the place, and tells no value.
func TestRunNamesWhatDiffers(t *testing.T) {
	t.Parallel()
	u, landing, _ := finishedWarehouse(t)
	const edition = laterDay
	exec := func(query string) {
		u.inWarehouse(false, func(ctx context.Context, e *engines.Engines) error { return e.Warehouse.Exec(ctx, query) })
	}
	const keep = " ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM "

	exec("CREATE TABLE work.kept_raw" + keep + "raw.duo_exam WHERE row_no = 3")
	exec("ALTER TABLE raw.duo_exam DELETE WHERE row_no = 3 SETTINGS mutations_sync = 2")
	u.run("run", "--landing", landing, "--as-of", edition).exits(exit.CodeFailed).says("duo/", "duo_exam", ".json", "rows in raw are not as many as were accepted")
	exec("INSERT INTO raw.duo_exam SELECT * FROM work.kept_raw")

	exec("CREATE TABLE work.kept_facts" + keep + "facts_store.milestone WHERE kind = 'knm'")
	exec("ALTER TABLE facts_store.milestone DELETE WHERE kind = 'knm' SETTINGS mutations_sync = 2")
	u.run("run", "--landing", landing, "--as-of", edition).exits(exit.CodeFailed).says("edition "+edition, "rows of milestone", "not those that were built")
	exec("INSERT INTO facts_store.milestone SELECT * FROM work.kept_facts")

	exec("INSERT INTO ops.mart_build (edition, build, project) SELECT edition, build, 'of before' FROM ops.mart_build FINAL WHERE edition = '" + edition + "'")
	exec("ALTER TABLE ops.slice_linkage DELETE WHERE record = 'coa_stay' AND linkage = 'linked' SETTINGS mutations_sync = 2")
	u.run("run", "--landing", landing, "--as-of", edition).exits(exit.CodeFailed).says("control totals differ", "records to marts, coa_stay: rows")

	u.run("report", "--edition", edition).exits(exit.CodeFailed).says("marts of "+edition, "not complete", "doorstroom run --only marts")
}
