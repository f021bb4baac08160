SELECT l.load_id, l.supplier, l.delivery_id, l.manifest_sha256, l.reading_version, l.drawn_on, l.covers_to, l.mode, l.municipality_codes,
    r.records, d.withdrawn, d.synthetic
FROM ops.load AS l FINAL
INNER JOIN
(
    SELECT supplier, delivery_id, manifest_sha256, reason = 'withdrawn' AS withdrawn, synthetic
    FROM ops.delivery FINAL WHERE {{.Decided}}
) AS d USING (supplier, delivery_id, manifest_sha256)
LEFT JOIN (SELECT load_id, groupUniqArray(toString(record)) AS records FROM ops.delivery_record GROUP BY load_id) AS r USING (load_id)
ORDER BY l.load_id
