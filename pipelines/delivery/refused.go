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

// refusalsQuery lists the last word on each delivery id where that is a refusal,
// but for those all of whose records a later full delivery replaced.
const refusalsQuery = `SELECT supplier, delivery_id, toString(reason), detail
FROM (SELECT * FROM (` + DeliveriesQuery + `) ORDER BY decided_at DESC, manifest_sha256 LIMIT 1 BY supplier, delivery_id)
WHERE status = 'refused' AND
(
    (supplier, delivery_id) NOT IN (SELECT supplier, delivery_id FROM ops.delivery_record FINAL)
    OR (supplier, delivery_id) IN
    (
        SELECT supplier, delivery_id FROM (SELECT supplier, delivery_id, toString(record) AS record FROM ops.delivery_record FINAL)
        WHERE ` + stillOpen + `
    )
)
ORDER BY supplier, delivery_id`

// Refusals lists the deliveries that were refused whole and that a supplier still has to see to.
func Refusals(ctx context.Context, db *warehouse.DB) (all []Refusal, err error) {
	rows, err := db.Query(ctx, refusalsQuery)
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
