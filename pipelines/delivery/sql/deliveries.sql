SELECT d.supplier AS supplier, d.delivery_id AS delivery_id, d.manifest_sha256 AS manifest_sha256, d.drawn_on AS drawn_on, d.mode AS mode,
    d.status AS status, d.reason AS reason, d.rows_in_files AS rows_in_files, d.rows_accepted AS rows_accepted, d.rows_quarantined AS rows_quarantined,
    d.decided_at AS decided_at, if(d.status = 'refused', l.detail, '') AS detail, d.synthetic AS synthetic
FROM ops.delivery AS d FINAL LEFT JOIN ops.load AS l FINAL USING (supplier, delivery_id, manifest_sha256)
ORDER BY supplier, drawn_on, delivery_id, decided_at
