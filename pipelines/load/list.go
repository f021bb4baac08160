package load

// Queries of the commands that list what came in. They have the columns of the contract, in its order, and then ours.
const (
	// DeliveriesQuery lists the decided deliveries, the newest last.
	DeliveriesQuery = `SELECT supplier, delivery_id, manifest_sha256, drawn_on, mode, status, reason, rows_in_files, rows_accepted, rows_quarantined, decided_at, synthetic
FROM ops.delivery FINAL ORDER BY supplier, drawn_on, delivery_id, decided_at`
	// QuarantineQuery lists the broken fields of the deliveries that stand.
	QuarantineQuery = `SELECT supplier, delivery_id, record, file, row, field, rule
FROM ops.quarantine ORDER BY supplier, delivery_id, record, file, row, field`
)
