INSERT INTO ops.delivery (supplier, delivery_id, manifest_sha256, drawn_on, mode, status, reason, rows_in_files, rows_accepted, rows_quarantined, decided_at, synthetic)
SELECT d.supplier, d.delivery_id, d.manifest_sha256, d.drawn_on, d.mode, 'refused', ?, d.rows_in_files, 0,
    d.rows_quarantined, greatest(now64(6), d.decided_at + INTERVAL 1 MICROSECOND), d.synthetic
FROM ops.delivery AS d FINAL
WHERE d.supplier = ? AND d.delivery_id = ? AND d.manifest_sha256 = ? AND d.status = 'accepted'
