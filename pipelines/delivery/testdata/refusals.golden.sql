WITH last_word AS
(
    SELECT * FROM
    (
        SELECT d.supplier AS supplier, d.delivery_id AS delivery_id, d.manifest_sha256 AS manifest_sha256, d.drawn_on AS drawn_on, d.mode AS mode,
    d.status AS status, d.reason AS reason, d.rows_in_files AS rows_in_files, d.rows_accepted AS rows_accepted, d.rows_quarantined AS rows_quarantined,
    d.decided_at AS decided_at, if(d.status = 'refused', l.detail, '') AS detail, d.synthetic AS synthetic
FROM ops.delivery AS d FINAL LEFT JOIN ops.load AS l FINAL USING (supplier, delivery_id, manifest_sha256)
ORDER BY supplier, drawn_on, delivery_id, decided_at

    )
    ORDER BY decided_at DESC, manifest_sha256 LIMIT 1 BY supplier, delivery_id
)
SELECT supplier, delivery_id, toString(reason), detail
FROM last_word
WHERE status = 'refused' AND
(
    (supplier, delivery_id) NOT IN (SELECT supplier, delivery_id FROM ops.delivery_record FINAL)
    OR (supplier, delivery_id) IN
    (
        SELECT supplier, delivery_id FROM (SELECT supplier, delivery_id, toString(record) AS record FROM ops.delivery_record FINAL)
        WHERE (supplier, delivery_id, record) NOT IN
(
    SELECT earlier.supplier, earlier.delivery_id, earlier.record
    FROM
    (
        SELECT supplier, delivery_id, toString(record) AS record, max(drawn_on) AS drawn_on, max(municipality_codes) AS codes
        FROM ops.delivery_record FINAL GROUP BY supplier, delivery_id, record
    ) AS earlier
    INNER JOIN
    (
        SELECT r.supplier AS supplier, toString(r.record) AS record, r.drawn_on AS drawn_on, r.delivery_id AS delivery_id, r.municipality_codes AS codes
        FROM ops.delivery_record AS r FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
        WHERE d.status = 'accepted' AND r.load_id IN (SELECT load_id FROM ops.load FINAL) AND r.mode = 'full'
    ) AS later USING (supplier, record)
    WHERE (later.drawn_on, later.delivery_id) > (earlier.drawn_on, earlier.delivery_id) AND hasAll(later.codes, earlier.codes)
)
    )
)
ORDER BY supplier, delivery_id
