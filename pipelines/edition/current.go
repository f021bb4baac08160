package edition

import (
	"context"
	"fmt"

	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// Latest is what an edition would be made of whose cut-off lies after every delivery: the newest state of everything.
func Latest(ctx context.Context, db *warehouse.DB) (*Standing, error) {
	loads, err := accepted(ctx, db)
	if err != nil {
		return nil, err
	}
	var last schemas.Date
	for i := range loads {
		last = max(last, loads[i].DrawnOn)
	}
	return &Standing{Edition: Edition{CutOff: last}, scope: newScope(loads, last)}, nil
}

// DropLeftovers drops what builds left that do not stand: their rows, and copies of records in database work. No build
// may be under way.
func DropLeftovers(ctx context.Context, db *warehouse.DB) error {
	f := New(Config{Config: slice.Config{Warehouse: db}})
	if err := f.closeAbandoned(ctx); err != nil {
		return err
	}
	return f.clean(ctx, 0)
}

// Standings lists what stands, by cut-off.
func Standings(ctx context.Context, db *warehouse.DB) (list []Edition, err error) {
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

// changedInputs stands in place of the hash of what an edition was made of, when rows of it were taken away since.
const changedInputs = "rows were erased"

// Fixed tells whether an edition stays as it is: it is closed, or what it was made of is no longer all there.
func Fixed(ctx context.Context, db *warehouse.DB, e Edition) (bool, error) {
	first, err := FirstBuildable(ctx, db)
	return e.Closed || e.CutOff < first, err
}

// Changed notes that rows of an edition were taken away: an open one is made anew by its next Build, a fixed one tells
// how many rows are left.
func Changed(ctx context.Context, db *warehouse.DB, e Edition) error {
	fixed, err := Fixed(ctx, db, e)
	if err != nil {
		return err
	}
	if !fixed {
		e.Inputs = changedInputs
		return e.stand(ctx, db)
	}
	b := building{attempt: &attempt{DB: db, build: e.Build, cutOff: e.CutOff}}
	for _, t := range schemas.FactTables {
		if err := b.count(ctx, t.Name, &e); err != nil {
			return err
		}
	}
	e.Persons = e.Rows["person"]
	return e.stand(ctx, db)
}
