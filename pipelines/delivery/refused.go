package delivery

import (
	"context"
	"fmt"

	"doorstroom/pipelines/warehouse"
)

// Refusal is a delivery that was refused whole and that its supplier still has to see to.
type Refusal struct {
	Supplier, DeliveryID, Reason, Detail string
}

// Refusals lists the last word on each delivery id where that is a refusal that a supplier still has to see to: all but
// those all of whose records a later full delivery replaced.
func Refusals(ctx context.Context, db *warehouse.DB) (all []Refusal, err error) {
	rows, err := db.Query(ctx, sqlFiles.Render("refusals.sql", nil))
	if err != nil {
		return nil, fmt.Errorf("reading the refused deliveries: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r Refusal
		if err := rows.Scan(&r.Supplier, &r.DeliveryID, &r.Reason, &r.Detail); err != nil {
			return nil, fmt.Errorf("reading the refused deliveries: %w", err)
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the refused deliveries: %w", err)
	}
	return all, nil
}
