WITH last_word AS
(
    SELECT * FROM
    (
        {{template "deliveries.sql"}}
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
        WHERE {{template "still_open"}}
    )
)
ORDER BY supplier, delivery_id
