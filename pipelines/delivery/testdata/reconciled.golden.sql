WITH
    in_force AS
    (
        SELECT load_id FROM ops.load FINAL WHERE (supplier, delivery_id, manifest_sha256) IN
            (SELECT supplier, delivery_id, manifest_sha256 FROM ops.delivery FINAL WHERE status = 'accepted')
    ),
    sides AS
    (
        SELECT load_id, file_no, toString(record) AS record, rows_accepted AS n, row_sum AS s, row_squares AS q, ifNull(digest, toUInt128(0)) AS d, isNotNull(digest) AS digested,
            0 AS found, 0 AS found_sum, 0 AS found_squares, toUInt128(0) AS found_content
        FROM ops.delivery_file FINAL WHERE load_id IN (SELECT load_id FROM in_force)
        UNION ALL SELECT load_id, file_no, 'coa_stay', 0, 0, 0, toUInt128(0), 0, n, s, q, d FROM (
SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(sipHash64(1)) AS d, toUInt64(0) AS two
FROM raw.coa_stay WHERE load_id IN (SELECT load_id FROM in_force)
GROUP BY load_id, file_no
)
        UNION ALL SELECT load_id, file_no, 'coa_stay', 0, 0, 0, toUInt128(0), 0, n, s, q, d FROM (
SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(ifNull(digest, toUInt128(0))) AS d, toUInt64(0) AS two
FROM
(
    SELECT load_id, file_no, row_no, max(digest) AS digest
FROM (SELECT load_id, file_no, row_no, digest FROM ops.erased_row WHERE record = 'coa_stay')
WHERE (load_id, file_no, row_no) NOT IN
(
    SELECT load_id, file_no, row_no FROM raw.coa_stay
    WHERE (load_id, file_no, row_no) IN (SELECT load_id, file_no, row_no FROM ops.erased_row WHERE record = 'coa_stay')
)
GROUP BY load_id, file_no, row_no

)
WHERE load_id IN (SELECT load_id FROM in_force)
GROUP BY load_id, file_no
)
    ),
    differing AS
    (
        SELECT load_id FROM sides
        GROUP BY load_id, file_no, record
        HAVING (sum(n), sum(s), sum(q)) != (sum(found), sum(found_sum), sum(found_squares)) OR max(digested) = 1 AND sum(d) != sum(found_content)
    )
SELECT count() FROM differing
