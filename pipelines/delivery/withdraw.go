package delivery

import (
	"context"
	"errors"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// Withdrawn is the reason of a delivery that was accepted and that an operator
// took back. No supplier earns it: docs/decisions/operator-actions.md.
const Withdrawn = "withdrawn"

// ErrNotAccepted says that there is no such delivery to withdraw.
var ErrNotAccepted = errors.New("not accepted")

// Withdraw stops counting an accepted delivery and notes who did it and
// why. Its rows stay in the raw tables, where nothing downstream sees them, so
// that Release can take the withdrawal back. The supplier may be empty when the
// id is accepted of one supplier only. Errors wrap ErrNotAccepted when there is
// nothing to withdraw.
func Withdraw(ctx context.Context, db *warehouse.DB, supplier, deliveryID, who, why string) error {
	at, err := findAccepted(ctx, db, supplier, deliveryID)
	if err != nil {
		return err
	}
	if err := stillReplaceable(ctx, db, at.supplier, deliveryID, at.manifestSHA256); err != nil {
		return err
	}
	if err := Note(ctx, db, Action{Who: who, What: "withdraw", Subject: at.supplier + "/" + deliveryID, Why: why}); err != nil {
		return err
	}
	err = db.Exec(ctx, sqlFiles.Render("withdraw.sql", nil),
		Withdrawn, at.supplier, deliveryID, at.manifestSHA256)
	if err != nil {
		return fmt.Errorf("withdrawing %s: %w", deliveryID, err)
	}
	return nil
}

// findAccepted gives the manifest that is in force.
func findAccepted(ctx context.Context, db *warehouse.DB, supplier, deliveryID string) (found attemptAt, err error) {
	known, err := Decisions(ctx, db)
	if err != nil {
		return found, err
	}
	read := false
	for a, status := range known.status {
		if a.deliveryID != deliveryID || supplier != "" && a.supplier != supplier {
			continue
		}
		read = true
		if status != Accepted {
			continue
		}
		if found.supplier != "" {
			return found, fmt.Errorf("several suppliers have an accepted delivery %s: name it as SUPPLIER/%s", deliveryID, deliveryID)
		}
		found = attemptAt{supplier: a.supplier, manifestSHA256: a.manifestSHA256, status: status}
	}
	switch {
	case found.supplier != "":
		return found, nil
	case read:
		return found, fmt.Errorf("delivery %s is %w: it does not count already", deliveryID, ErrNotAccepted)
	}
	others, err := deliveriesThat(ctx, db, "could be withdrawn", "status = 'accepted'")
	if err != nil {
		return found, err
	}
	return found, fmt.Errorf("delivery %s is %w: no such delivery was read; %s", deliveryID, ErrNotAccepted, others)
}

// Action is something that a person did by hand.
type Action struct {
	Who, What, Subject, Why string
}

// Note writes an action to the books.
func Note(ctx context.Context, db *warehouse.DB, a Action) error {
	if err := db.Exec(ctx, "INSERT INTO ops.operator_action (at, who, action, subject, why) SELECT now64(3), ?, ?, ?, ?",
		a.Who, a.What, a.Subject, a.Why); err != nil {
		return fmt.Errorf("noting the %s of %s: %w", a.What, a.Subject, err)
	}
	return nil
}
