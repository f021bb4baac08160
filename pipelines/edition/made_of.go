package edition

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"doorstroom/pipelines/versions"
	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// scopeOf gives what a current edition was made of. It fails with ErrOtherInputs when the program would not make the same of it.
func scopeOf(ctx context.Context, db *warehouse.DB, e *Edition) (*versions.Scope, error) {
	loads, err := readInputs(ctx, db, e.Build)
	if err == nil && len(loads) == 0 && e.Deliveries > 0 {
		loads, err = guessInputs(ctx, db, e)
	}
	if err != nil {
		return nil, err
	}
	s := versions.NewScope(loads, e.CutOff)
	if inputsHash(s.Loads, e.DefinitionVersion) != e.Inputs {
		return nil, fmt.Errorf("edition %s %w", e.CutOff, ErrOtherInputs)
	}
	return s, rowsAreThere(ctx, db, e.CutOff, loads)
}

// mostTries bounds the search of guessInputs. It is reached only when many
// deliveries were withdrawn of which some, but not all, came after the build.
const mostTries = 100_000

// guessInputs finds again what an edition was made of that was built before
// that was written down: the deliveries that were accepted when its build
// began, its number being that moment, and of those that were withdrawn since
// the ones that give the hash of its inputs.
// A withdrawal takes the place of the acceptance in the books, so they do not
// tell whether that was before the build or after it.
func guessInputs(ctx context.Context, db *warehouse.DB, e *Edition) ([]versions.Load, error) {
	sure, err := readLoads(ctx, db, "status = 'accepted' AND "+decided+" <= ?", e.Build)
	if err != nil {
		return nil, err
	}
	perhaps, err := readLoads(ctx, db, "(status = 'accepted' OR reason = 'withdrawn') AND "+decided+" > ? "+
		"AND concat(supplier, '/', delivery_id) IN (SELECT subject FROM ops.operator_action WHERE action = 'withdraw')", e.Build)
	if err != nil {
		return nil, err
	}
	later := func(l versions.Load) bool { return l.DrawnOn > e.CutOff }
	sure, perhaps = slices.DeleteFunc(sure, later), slices.DeleteFunc(perhaps, later)
	tries := 0
	found, ok := choose(perhaps, int(e.Deliveries)-len(sure), sure, func(loads []versions.Load) bool {
		tries++
		return tries > mostTries || inputsHash(loads, e.DefinitionVersion) == e.Inputs
	})
	if !ok {
		return nil, fmt.Errorf("edition %s %w", e.CutOff, ErrOtherInputs)
	}
	return found, nil
}

// decided is the moment of a decision as builds are numbered.
const decided = "toUInt64(toUnixTimestamp64Micro(decided_at))"

// choose adds n of some loads to others so that they fit; false when none do.
func choose(from []versions.Load, n int, to []versions.Load, fit func([]versions.Load) bool) ([]versions.Load, bool) {
	switch {
	case n < 0 || n > len(from):
		return nil, false
	case n == 0:
		return to, fit(to)
	}
	if found, ok := choose(from[1:], n-1, append(slices.Clip(to), from[0]), fit); ok {
		return found, true
	}
	return choose(from[1:], n, to, fit)
}

// rowsAreThere fails with ErrRemoved when rows of a withdrawn delivery are gone; those of others are buildable's to tell.
func rowsAreThere(ctx context.Context, db *warehouse.DB, cutOff schemas.Date, loads []versions.Load) error {
	var gone []string
	for i := range loads {
		if !loads[i].Withdrawn {
			continue
		}
		var n uint64
		if err := db.QueryRow(ctx, "SELECT count() FROM ops.retention WHERE unit = 'rows' AND load_id = ?", loads[i].ID).Scan(&n); err != nil {
			return fmt.Errorf("asking what was removed: %w", err)
		}
		if n > 0 {
			gone = append(gone, loads[i].Supplier+"/"+loads[i].DeliveryID)
		}
	}
	if len(gone) > 0 {
		return fmt.Errorf("edition %s: %w; they are of deliveries withdrawn since: %s", cutOff, ErrRemoved, strings.Join(gone, ", "))
	}
	return nil
}
