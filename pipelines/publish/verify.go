package publish

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"doorstroom/pipelines/publish/catalogue"
	"doorstroom/pipelines/warehouse"
)

// Unlike says that a release is not what the ledger says of it.
type Unlike struct {
	Release string
	What    []string // which tables differ, and in what
}

func (u *Unlike) Error() string {
	return fmt.Sprintf("release %s is not as the ledger has it: %s; restore the warehouse from a backup, and find out who changed it", u.Release, strings.Join(u.What, "; "))
}

// Verify recomputes every hash of every release: of what is published, and of the counts that it was made from. What differs
// is an *Unlike.
func Verify(ctx context.Context, db *warehouse.DB) ([]Release, error) {
	ledger, err := Ledger(ctx, db)
	if err != nil {
		return nil, err
	}
	for i := range ledger {
		if _, err := ledger[i].verify(ctx, db); err != nil {
			return nil, err
		}
	}
	return ledger, nil
}

// verify holds one release against the ledger, and gives its tables.
func (r *Release) verify(ctx context.Context, db *warehouse.DB) ([]Table, error) {
	tables, err := r.read(ctx, db)
	if err != nil {
		return nil, err
	}
	unlike := &Unlike{Release: r.Release}
	found := map[string]bool{}
	for _, t := range tables {
		found[t.Entry.Name] = true
		hash, err := t.hash(r.Release)
		if err != nil {
			return nil, err
		}
		if hash != r.Tables[t.Entry.Name] {
			unlike.What = append(unlike.What, "the rows of table "+t.Entry.Name)
		}
		if err := unlike.inputs(ctx, db, r, t.Entry); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Tables)) {
		if !found[name] {
			unlike.What = append(unlike.What, "table "+name+" is gone")
		}
	}
	if len(unlike.What) > 0 {
		return nil, unlike
	}
	return tables, nil
}

// inputs holds the marts that a table was made from against the ledger.
func (u *Unlike) inputs(ctx context.Context, db *warehouse.DB, r *Release, e *catalogue.Entry) error {
	counts, err := readMart(ctx, db, r.Edition, e)
	if err != nil {
		return fmt.Errorf("verify release %s: %w", r.Release, err)
	}
	if counts.hash() != r.Inputs[e.Name] {
		u.What = append(u.What, "the rows of mart "+e.Mart+" that table "+e.Name+" was made from")
	}
	return nil
}
