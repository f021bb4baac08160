WITH
    carrying AS
    (
        SELECT record_key FROM raw.uwv_employment
        WHERE load_id IN (SELECT load FROM loads) AND (pseudonym_v IN (SELECT key FROM wanted WHERE v = 1) OR pseudonym_b IN (SELECT key FROM wanted WHERE v = 0))
    ),
    periods AS
    (
        SELECT period_key FROM raw.uwv_employment
        WHERE load_id IN (SELECT load FROM loads) AND operation != 'V' AND record_key IN (SELECT record_key FROM carrying)
    ),
    correcting AS
    (
        SELECT record_key FROM raw.uwv_employment
        WHERE load_id IN (SELECT load FROM loads) AND operation != 'V' AND period_key IN (SELECT period_key FROM periods)
    ),
    wanted_keys AS
    (
        SELECT record_key FROM carrying UNION ALL SELECT record_key FROM correcting
    )
SELECT load_id, file_no, row_no, record_id,
    toInt16(0) AS municipality,
    pseudonym_v, pseudonym_b, toUInt8(operation = 'V') AS deletes,
    toString((ikv_id, period_start)) AS period
FROM raw.uwv_employment
WHERE load_id IN (SELECT load FROM loads) AND record_key IN (SELECT record_key FROM wanted_keys)
ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no
