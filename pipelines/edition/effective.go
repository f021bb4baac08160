package edition

import (
	"context"
	"fmt"
	"math/big"

	"doorstroom/pipelines/slice"
	"doorstroom/pipelines/versions"
	"doorstroom/schemas"
)

const (
	// keysPerPass bounds the keys that one query counts, and so its memory.
	keysPerPass = 8 << 20
	// rowsPerPass bounds the contested rows that one query sorts.
	rowsPerPass = 4 << 20
	// contestedLimit is how many contested keys are looked up in memory; beyond it every row is resolved.
	contestedLimit = 16 << 20
)

// effectiveRecords finds the effective records of one kind, in the tables of a build. Package versions says which those are;
// here the statements are run, in passes that bound their memory.
type effectiveRecords struct {
	*workspace
	record *schemas.Record
	sql    versions.Selection
	rows   uint64 // in scope
	// keys and periods are how many records, and periods of records, have more than one row.
	keys, periods uint64
	// sums are of the effective records: how many, then the measures of the record that are among the columns. pairs fills them.
	sums []*big.Int
}

func (w *workspace) effectiveOf(r *schemas.Record, columns []versions.Column) *effectiveRecords {
	return &effectiveRecords{workspace: w, record: r, sql: versions.Selection{Record: r, Columns: columns, Tables: w.tables()}}
}

// find prepares the tables that selects reads.
func (e *effectiveRecords) find(ctx context.Context) (err error) {
	if e.rows, err = e.count(ctx, e.sql.CountInScope()); err != nil {
		return fmt.Errorf("counting the rows of %s: %w", e.record.Name, err)
	}
	if e.rows == 0 {
		return nil
	}
	if e.keys, err = e.findContested(ctx, versions.OfRecord); err != nil {
		return fmt.Errorf("looking for versions in %s: %w", e.record.Name, err)
	}
	if e.sql.Corrected() {
		if e.periods, err = e.findContested(ctx, versions.OfPeriod); err != nil {
			return fmt.Errorf("looking for corrections in %s: %w", e.record.Name, err)
		}
	}
	e.sql.Contested = versions.Contested{Keys: e.keys > 0, Periods: e.periods > 0, All: e.keys+e.periods > contestedLimit}
	if !e.sql.Contested.Any() {
		return nil
	}
	if err := e.inPasses(ctx, e.sql.CreateVersions(), e.passes(), e.sql.KeepNewest); err != nil {
		return fmt.Errorf("resolving the versions of %s: %w", e.record.Name, err)
	}
	if !e.sql.Corrected() {
		return nil
	}
	if err := e.inPasses(ctx, e.sql.CreatePeriods(), e.passes(), e.sql.KeepNewestOfPeriod); err != nil {
		return fmt.Errorf("resolving the corrections of %s: %w", e.record.Name, err)
	}
	return nil
}

// findContested keeps the values of a hash that come more than once, and counts them.
func (e *effectiveRecords) findContested(ctx context.Context, of versions.KeyHash) (uint64, error) {
	insert := func(p versions.Part) string { return e.sql.FindContested(of, p) }
	if err := e.inPasses(ctx, e.sql.CreateContested(of), 1+e.rows/keysPerPass, insert); err != nil {
		return 0, err
	}
	return e.count(ctx, "SELECT count() FROM "+e.sql.ContestedTable(of))
}

// passes is in how many parts the contested rows are resolved.
func (e *effectiveRecords) passes() uint64 {
	if e.sql.Contested.All {
		return 1 + e.rows/rowsPerPass
	}
	return 1 + (e.keys+e.periods)/rowsPerPass
}

// inPasses makes a table and fills it part by part.
func (e *effectiveRecords) inPasses(ctx context.Context, create string, passes uint64, insert func(versions.Part) string) error {
	if err := e.DB.Exec(ctx, create); err != nil {
		return err
	}
	for pass := range passes {
		if err := e.DB.Exec(ctx, insert(versions.Part{No: pass, Of: passes})); err != nil {
			return err
		}
	}
	return nil
}

// selects gives the SELECTs whose rows together are the effective records.
func (e *effectiveRecords) selects() []string {
	if e.rows == 0 {
		return nil
	}
	return e.sql.Effective()
}

// columnsOf are the columns of a work table as they are made of effective records.
func columnsOf(t interface{ Columns() []slice.Column }) (columns []versions.Column) {
	for _, c := range t.Columns() {
		columns = append(columns, versions.Column{Name: c.Name, Type: c.Type, Expr: c.Expr})
	}
	return columns
}
