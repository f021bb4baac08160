package delivery

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"doorstroom/pipelines/warehouse"
	"doorstroom/schemas"
)

// ErrNotHeld says that there is no such delivery to release.
var ErrNotHeld = errors.New("not held")

// Release accepts a delivery that was held as implausible (shrunk or empty), or
// that was withdrawn, with the rows that were counted when it was read, and notes who did it and why. The supplier
// may be empty when the id is held of one supplier only. Errors wrap ErrNotHeld when there is nothing to release, and
// ErrRowsRemoved when its rows are gone.
func Release(ctx context.Context, db *warehouse.DB, supplier, deliveryID, who, why string) error {
	h, err := findHeld(ctx, db, supplier, deliveryID)
	if err != nil {
		return err
	}
	if err := stillThere(ctx, db, h.supplier, deliveryID, h.manifestSHA256); err != nil {
		return err
	}
	if err := Note(ctx, db, Action{Who: who, What: "release", Subject: h.supplier + "/" + deliveryID, Why: why}); err != nil {
		return err
	}
	err = db.Exec(ctx, sqlFiles.Render("release.sql", nil),
		h.supplier, deliveryID, h.manifestSHA256, h.supplier, deliveryID, h.manifestSHA256)
	if err != nil {
		return fmt.Errorf("releasing %s: %w", deliveryID, err)
	}
	return nil
}

// attemptAt is one decided manifest of a delivery.
type attemptAt struct{ supplier, manifestSHA256, status, reason string }

// findHeld gives the held attempt that was decided last.
func findHeld(ctx context.Context, db *warehouse.DB, supplier, deliveryID string) (held attemptAt, err error) {
	rows, err := db.Query(ctx, "SELECT supplier, manifest_sha256, status, reason FROM ops.delivery FINAL "+
		"WHERE delivery_id = ? AND (supplier = ? OR ? = '') ORDER BY decided_at", deliveryID, supplier, supplier)
	if err != nil {
		return held, fmt.Errorf("looking for delivery %s: %w", deliveryID, err)
	}
	defer rows.Close()
	var last attemptAt
	suppliers := make(map[string]bool)
	accepted := make(map[string]bool)
	for rows.Next() {
		if err := rows.Scan(&last.supplier, &last.manifestSHA256, &last.status, &last.reason); err != nil {
			return held, fmt.Errorf("looking for delivery %s: %w", deliveryID, err)
		}
		accepted[last.supplier] = accepted[last.supplier] || last.status == Accepted
		if last.status == Refused && (schemas.Reason(last.reason).Releasable() || last.reason == Withdrawn) {
			held = last
			suppliers[last.supplier] = true
		}
	}
	if err := rows.Err(); err != nil {
		return held, fmt.Errorf("looking for delivery %s: %w", deliveryID, err)
	}
	if last.supplier == "" {
		others, err := deliveriesThat(ctx, db, "could be released", "status = 'refused' AND (reason IN ('"+
			string(schemas.ImplausibleShrink)+"', '"+string(schemas.ImplausibleEmpty)+"', '"+Withdrawn+"'))")
		if err != nil {
			return held, err
		}
		return held, fmt.Errorf("delivery %s is %w: no such delivery was read; %s", deliveryID, ErrNotHeld, others)
	}
	return held, checkHeld(deliveryID, held, last, len(suppliers), accepted[held.supplier])
}

// deliveriesNamed is how many deliveries are named when the one asked for does not exist: the last decided.
const deliveriesNamed = 10

// deliveriesThat names those of which a condition holds, for whoever asked for one that was never read.
func deliveriesThat(ctx context.Context, db *warehouse.DB, could, condition string) (string, error) {
	var names []string
	var all uint64
	err := db.QueryRow(ctx, sqlFiles.Render("last_deliveries.sql", map[string]any{"Named": deliveriesNamed, "That": condition})).Scan(&names, &all)
	switch {
	case err != nil:
		return "", fmt.Errorf("reading which deliveries there are: %w", err)
	case all == 0:
		return "none " + could + "; 'doorstroom deliveries' lists what was read", nil
	case all > deliveriesNamed:
		return fmt.Sprintf("%d %s, the last of them %s; 'doorstroom deliveries' lists all", all, could, strings.Join(names, ", ")), nil
	}
	return "those that " + could + " are " + strings.Join(names, ", "), nil
}

func checkHeld(deliveryID string, held, last attemptAt, suppliers int, accepted bool) error {
	switch {
	case suppliers > 1:
		return fmt.Errorf("several suppliers have a held delivery %s: name it as SUPPLIER/%s", deliveryID, deliveryID)
	case held.supplier == "" && last.status == Accepted, accepted:
		return fmt.Errorf("delivery %s is %w: it is accepted already", deliveryID, ErrNotHeld)
	case held.supplier == "":
		return fmt.Errorf("delivery %s is %w: it was refused as %s, which takes another manifest to put right", deliveryID, ErrNotHeld, last.reason)
	}
	return nil
}
