SELECT toUInt32(0) AS person, CAST(`record_id`, 'String') AS work_record_id, CAST(CAST(`municipality_code`, 'Int16'), 'Int16') AS work_municipality_code, CAST(ifNull(toInt32(`start`) + 25568, 0), 'Int32') AS work_start, CAST(ifNull(toInt32(`end`) + 25568, 0), 'Int32') AS work_end
FROM
(
    SELECT * FROM raw.coa_stay
    WHERE (load_id, file_no, row_no) IN (SELECT load, file, row FROM wanted)
    ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no
)
