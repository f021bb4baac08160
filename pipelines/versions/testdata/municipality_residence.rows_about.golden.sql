WITH
    carrying AS
    (
        SELECT record_key FROM raw.municipality_residence
        WHERE load_id IN (SELECT load FROM loads) AND (pseudonym_v IN (SELECT key FROM wanted WHERE v = 1) OR pseudonym_b IN (SELECT key FROM wanted WHERE v = 0))
    ),
    wanted_keys AS
    (
        SELECT record_key FROM carrying
    )
SELECT load_id, file_no, row_no, record_id,
    CAST(municipality_code, 'Int16') AS municipality,
    pseudonym_v, pseudonym_b, toUInt8(operation = 'V') AS deletes,
    '' AS period
FROM raw.municipality_residence
WHERE load_id IN (SELECT load FROM loads) AND record_key IN (SELECT record_key FROM wanted_keys)
ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no
