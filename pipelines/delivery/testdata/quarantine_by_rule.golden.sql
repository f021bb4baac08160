SELECT supplier, delivery_id, record, rule, field, count() AS entries,
    arrayStringConcat(arrayMap(p -> concat(p.1, ':', toString(p.2)), groupArraySorted(5)((file, row))), ' ') AS first_rows
FROM ops.quarantine WHERE (supplier, delivery_id, record) NOT IN
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
GROUP BY supplier, delivery_id, record, rule, field
ORDER BY supplier, delivery_id, entries DESC, record, rule, field
