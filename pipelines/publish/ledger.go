package publish

import (
	"context"
	"fmt"
	"time"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Release is a release as the ledger has it: what it was made of, by which rules, and what came of it.
type Release struct {
	Release           string
	Attempt           uint64
	Edition           schemas.Date
	ReleasedAt        time.Time
	EditionInputs     string
	DefinitionVersion string
	CatalogueVersion  string
	CatalogueSHA256   string
	// Threshold and Base are those of the catalogue, Range how far apart the ends of a range must be at least.
	Threshold, Base, Range uint32
	// Inputs and Tables are SHA-256 in hex of the true counts and of the published CSV of each table.
	Inputs, Tables        map[string]string
	Published, Suppressed uint64 // cells
	Audit, Who, Why       string
	Program               string
	Synthetic             bool
}

// ledgerRow is a row of sql/ledger.sql.
type ledgerRow struct {
	Release           string            `ch:"release"`
	Attempt           uint64            `ch:"attempt"`
	Edition           time.Time         `ch:"edition"`
	ReleasedAt        time.Time         `ch:"released_at"`
	EditionInputs     string            `ch:"edition_inputs"`
	DefinitionVersion string            `ch:"definition_version"`
	CatalogueVersion  string            `ch:"catalogue_version"`
	CatalogueSHA256   string            `ch:"catalogue_sha256"`
	Threshold         uint32            `ch:"threshold"`
	Base              uint32            `ch:"base"`
	Range             uint32            `ch:"range"`
	Inputs            map[string]string `ch:"inputs"`
	Tables            map[string]string `ch:"tables"`
	Published         uint64            `ch:"published"`
	Suppressed        uint64            `ch:"suppressed"`
	Audit             string            `ch:"audit"`
	Who               string            `ch:"who"`
	Why               string            `ch:"why"`
	Program           string            `ch:"program"`
	Synthetic         bool              `ch:"synthetic"`
}

// LedgerQuery is the SQL behind Ledger, for printing.
func LedgerQuery() string { return sqlFiles.Render("ledger.sql", nil) }

// Ledger reads the releases that stand, the oldest first. A release without its row in the ledger is an error: somebody
// changed the tables by hand.
func Ledger(ctx context.Context, db *warehouse.DB) ([]Release, error) {
	var missing []string
	if err := db.QueryRow(ctx, sqlFiles.Render("unledgered.sql", nil)).Scan(&missing); err != nil {
		return nil, fmt.Errorf("read the ledger of releases: %w", err)
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("release %s stands in publication_store.release and not in the ledger ops.release: restore the row from a backup", missing[0])
	}
	var rows []ledgerRow
	if err := db.Select(ctx, &rows, LedgerQuery()); err != nil {
		return nil, fmt.Errorf("read the ledger of releases: %w", err)
	}
	list := make([]Release, len(rows))
	for i, r := range rows {
		list[i] = Release{
			Release: r.Release, Attempt: r.Attempt, Edition: schemas.DateFromTime(r.Edition), ReleasedAt: r.ReleasedAt, EditionInputs: r.EditionInputs,
			DefinitionVersion: r.DefinitionVersion, CatalogueVersion: r.CatalogueVersion, CatalogueSHA256: r.CatalogueSHA256,
			Threshold: r.Threshold, Base: r.Base, Range: r.Range, Inputs: r.Inputs, Tables: r.Tables, Published: r.Published, Suppressed: r.Suppressed,
			Audit: r.Audit, Who: r.Who, Why: r.Why, Program: r.Program, Synthetic: r.Synthetic,
		}
	}
	return list, nil
}
