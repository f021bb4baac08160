package erase

import (
	"context"
	"fmt"

	"doorstroom/pipelines/delivery"
	"doorstroom/pipelines/link"
	"doorstroom/pipelines/warehouse"
)

// Tables of a plan. They are the only ones that name the persons until all else is done.
const (
	tablePseudonyms = "work.erasing_pseudonym"
	tablePersons    = "work.erasing_person"
)

// Begin keeps the plan and notes the erasure: from here on it has to be finished.
func (p *Plan) Begin(ctx context.Context, db *warehouse.DB) error {
	if err := dropPlan(ctx, db); err != nil { // of one that was broken off before it had begun
		return err
	}
	for _, ddl := range []string{
		"CREATE TABLE " + tablePseudonyms + " (n UInt32, kind UInt8, key FixedString(16), text String, id String) ENGINE = MergeTree ORDER BY n",
		"CREATE TABLE " + tablePersons + " (edition Date, id String) ENGINE = MergeTree ORDER BY edition",
	} {
		if err := db.Exec(ctx, ddl); err != nil {
			return fmt.Errorf("keeping the plan of an erasure: %w", err)
		}
	}
	if err := p.keep(ctx, db); err != nil {
		return fmt.Errorf("keeping the plan of an erasure: %w", err)
	}
	if err := delivery.Note(ctx, db, delivery.Action{Who: p.Who, What: "erase", Subject: "erasure " + p.ID.String(), Why: p.Why}); err != nil {
		return err
	}
	return p.note(ctx, db, begun)
}

func (p *Plan) keep(ctx context.Context, db *warehouse.DB) error {
	err := insert(ctx, db, tablePseudonyms, func(add func(...any) error) error {
		for i, id := range p.pseudonyms {
			key, kind := pseudonymOf(id).Key, uint8(link.B)
			if id[0] == 'v' {
				kind = uint8(link.V)
			}
			if err := add(uint32(i), kind, string(key[:]), string(id[1:]), string(id[:])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = insert(ctx, db, tablePersons, func(add func(...any) error) error {
		for edition, list := range p.persons {
			for _, id := range list {
				if err := add(edition.Time(), string(id[:])); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return insert(ctx, db, "ops.erased_row (erasure, record, load_id, file_no, row_no, digest)", func(add func(...any) error) error {
		for i := range p.rows {
			r := &p.rows[i]
			if err := add(p.ID, r.Record.Name, r.Place.Load, r.Place.File, r.Place.Row, &r.digest); err != nil {
				return err
			}
		}
		return nil
	})
}

// insert sends rows as one block.
func insert(ctx context.Context, db *warehouse.DB, table string, fill func(add func(...any) error) error) error {
	batch, err := db.PrepareBatch(ctx, "INSERT INTO "+table)
	if err != nil {
		return err
	}
	defer batch.Abort()
	if err := fill(batch.Append); err != nil {
		return err
	}
	return batch.Send()
}

// dropPlan drops the tables; without that of pseudonyms, the first to go, an erasure that was begun has nothing left to do.
func dropPlan(ctx context.Context, db *warehouse.DB) error {
	for _, table := range []string{tablePseudonyms, tablePersons} {
		if err := db.Exec(ctx, "DROP TABLE IF EXISTS "+table+" SYNC"); err != nil {
			return fmt.Errorf("dropping the plan of an erasure: %w", err)
		}
	}
	return nil
}
