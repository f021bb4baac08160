package edition

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Current lists the current editions, by cut-off.
func Current(ctx context.Context, db *warehouse.DB) (list []Edition, err error) {
	rows, err := db.Query(ctx, "SELECT "+editionColumns+" FROM ops.edition FINAL ORDER BY edition")
	if err != nil {
		return nil, fmt.Errorf("reading ops.edition: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEdition(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading ops.edition: %w", err)
	}
	return list, nil
}

// changedInputs takes the place of the hash of what an edition was made of, when rows of it were taken away since.
const changedInputs = "rows were erased"

// Frozen tells whether an edition stays as it is: it is closed, or what it was made of is no longer all there.
func Frozen(ctx context.Context, db *warehouse.DB, e Edition) (bool, error) {
	first, err := FirstBuildable(ctx, db)
	return e.Closed || e.CutOff < first, err
}

// Close has an edition stay as it is from now on, because its numbers are about to be released. One that is closed already
// stays so.
func Close(ctx context.Context, db *warehouse.DB, cutOff schemas.Date) error {
	e, err := ReadEdition(ctx, db, cutOff)
	if err != nil || e.Closed {
		return err
	}
	e.Closed = true
	return e.makeCurrent(ctx, db)
}

// Changed notes that rows of an edition were taken away: the next Build makes it again, unless it is frozen; then it tells
// how many rows are left.
func Changed(ctx context.Context, db *warehouse.DB, e Edition) error {
	frozen, err := Frozen(ctx, db, e)
	if err != nil {
		return err
	}
	if !frozen {
		e.Inputs = changedInputs
		return e.makeCurrent(ctx, db)
	}
	for _, t := range schemas.FactTables {
		if e.Rows[t.Name], err = storedRows(ctx, db, t.Name, &e); err != nil {
			return err
		}
	}
	e.Persons = e.Rows["person"]
	return e.makeCurrent(ctx, db)
}
