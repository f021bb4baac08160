SELECT i.load_id, i.supplier, i.delivery_id, i.manifest_sha256, i.reading_version, i.drawn_on, i.covers_to, i.mode, i.municipality_codes,
    i.records, d.withdrawn, i.synthetic
FROM ops.build_input AS i FINAL
LEFT JOIN
(
    SELECT supplier, delivery_id, manifest_sha256, reason = 'withdrawn' AS withdrawn FROM ops.delivery FINAL
) AS d USING (supplier, delivery_id, manifest_sha256)
WHERE i.build = ? ORDER BY i.load_id
