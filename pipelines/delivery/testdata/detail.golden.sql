WITH
    in_force AS
    (
        SELECT l.load_id AS load_id, l.supplier AS supplier, l.delivery_id AS delivery_id, l.drawn_on AS drawn_on,
            d.rows_in_files AS rows_in_files, d.rows_accepted AS rows_accepted, d.rows_quarantined AS rows_quarantined
        FROM ops.load AS l FINAL INNER JOIN ops.delivery AS d FINAL USING (supplier, delivery_id, manifest_sha256)
        WHERE d.status = 'accepted' AND l.load_id NOT IN (SELECT load_id FROM ops.retention WHERE layer = 'replaced')
    ),
    -- What is promised at each level, and what is there, counted at all three.
    counted AS
    (
        SELECT load_id, 'delivery' AS level, '' AS record, 0 AS file_no, '' AS name, 1 AS listed_here, rows_in_files AS in_files, rows_accepted AS accepted,
            rows_quarantined AS quarantined, 0 AS wanted_sum, 0 AS wanted_squares, toUInt128(0) AS wanted_content, false AS has_digest, '' AS unknown_here, '' AS unfilled_here, 0 AS raw_rows, 0 AS raw_sum, 0 AS raw_squares, toUInt128(0) AS raw_content, toUInt64(0) AS two_rows, 0 AS aside_rows, 0 AS gone
        FROM in_force
        UNION ALL
        SELECT load_id, 'record', toString(record), 0, '', 1, rows_in_files, rows_accepted, rows_quarantined, 0, 0, toUInt128(0) AS wanted_content, false AS has_digest, '' AS unknown_here, '' AS unfilled_here, 0 AS raw_rows, 0 AS raw_sum, 0 AS raw_squares, toUInt128(0) AS raw_content, toUInt64(0) AS two_rows, 0 AS aside_rows, 0 AS gone
        FROM ops.delivery_record FINAL WHERE load_id IN (SELECT load_id FROM in_force)
        UNION ALL
        SELECT load_id, 'file', toString(record), file_no, name, 1, rows_in_file, rows_accepted, rows_quarantined, row_sum, row_squares,
            ifNull(digest, toUInt128(0)), isNotNull(digest), arrayStringConcat(unknown_names, ', '), arrayStringConcat(unfilled_columns, ', '), 0 AS raw_rows, 0 AS raw_sum, 0 AS raw_squares, toUInt128(0) AS raw_content, toUInt64(0) AS two_rows, 0 AS aside_rows, 0 AS gone
        FROM ops.delivery_file FINAL WHERE load_id IN (SELECT load_id FROM in_force)
        UNION ALL
        SELECT load_id, place.1, place.2, place.3, '' AS name, 0 AS listed_here, 0 AS in_files, 0 AS accepted, 0 AS quarantined, 0 AS wanted_sum, 0 AS wanted_squares, toUInt128(0) AS wanted_content, false AS has_digest, '' AS unknown_here, '' AS unfilled_here, 0, 0, 0, toUInt128(0), toUInt64(0), n, 0
        FROM
        (
            SELECT e.load_id AS load_id, toString(e.record) AS rec, f.file_no AS file_no, uniqExact(e.row) AS n
            FROM ops.quarantine_entry AS e
            INNER JOIN (SELECT load_id, name AS file, file_no FROM ops.delivery_file FINAL) AS f USING (load_id, file)
            WHERE e.load_id IN (SELECT load_id FROM in_force)
            GROUP BY load_id, rec, file_no
        ) ARRAY JOIN [('delivery', '', 0), ('record', rec, 0), ('file', rec, file_no)] AS place
        UNION ALL
        SELECT load_id, place.1, place.2, place.3, '' AS name, 0 AS listed_here, 0 AS in_files, 0 AS accepted, 0 AS quarantined, 0 AS wanted_sum, 0 AS wanted_squares, toUInt128(0) AS wanted_content, false AS has_digest, '' AS unknown_here, '' AS unfilled_here, n, s, q, d, two, 0, 0
        FROM (SELECT *, 'coa_stay' AS rec FROM (
SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(one) AS d, sum(differ) AS two
FROM
(
    SELECT load_id, file_no, row_no, any(content) AS one, toUInt64(min(content) != max(content)) AS differ
    FROM (SELECT load_id, file_no, row_no, sipHash64(1) AS content FROM raw.coa_stay WHERE load_id IN (SELECT load_id FROM in_force))
    GROUP BY load_id, file_no, row_no SETTINGS optimize_aggregation_in_order = 1
)
GROUP BY load_id, file_no
)) ARRAY JOIN [('delivery', '', 0), ('record', rec, 0), ('file', rec, file_no)] AS place
        UNION ALL
        SELECT load_id, place.1, place.2, place.3, '' AS name, 0 AS listed_here, 0 AS in_files, 0 AS accepted, 0 AS quarantined, 0 AS wanted_sum, 0 AS wanted_squares, toUInt128(0) AS wanted_content, false AS has_digest, '' AS unknown_here, '' AS unfilled_here, n, s, q, d, two, 0, n
        FROM (SELECT *, 'coa_stay' AS rec FROM (
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
)) ARRAY JOIN [('delivery', '', 0), ('record', rec, 0), ('file', rec, file_no)] AS place
    ),
    totals AS
    (
        SELECT load_id, level, record, file_no, max(name) AS file, sum(listed_here) AS listed,
            sum(in_files) AS rows_in_files, sum(accepted) AS rows_accepted, sum(quarantined) AS rows_quarantined,
            sum(wanted_sum) AS row_sum, sum(wanted_squares) AS row_squares,
            sum(raw_rows) AS rows_in_raw, sum(raw_sum) AS sum_in_raw, sum(raw_squares) AS squares_in_raw, sum(aside_rows) AS rows_put_aside, sum(gone) AS rows_gone,
            sum(wanted_content) AS content, max(has_digest) AS digested, sum(raw_content) AS content_in_raw, sum(two_rows) AS two,
            max(unknown_here) AS unknown, max(unfilled_here) AS unfilled
        FROM counted
        GROUP BY load_id, level, record, file_no
    )
SELECT s.supplier AS supplier, s.delivery_id AS delivery_id, t.level AS level, t.record AS record, t.file AS file,
    t.rows_in_files AS rows_in_files, t.rows_accepted AS rows_accepted, t.rows_quarantined AS rows_quarantined, t.rows_in_raw - t.rows_gone AS rows_in_raw,
    t.rows_gone AS rows_erased,
    multiIf(t.listed = 0, 'rows in raw that belong to no file of the manifest',
        t.rows_in_files != t.rows_accepted + t.rows_quarantined, 'rows in files are not those accepted and quarantined together',
        t.rows_in_raw != t.rows_accepted, 'rows in raw are not as many as were accepted',
        t.level = 'file' AND (t.sum_in_raw, t.squares_in_raw) != (t.row_sum, t.row_squares), 'other rows in raw than were accepted',
        t.two > 0, 'rows in raw that are there twice with different content',
        t.level = 'file' AND t.digested AND t.content_in_raw != t.content, 'other values in raw than were accepted',
        t.rows_put_aside != t.rows_quarantined, 'rows with quarantine entries are not as many as were put aside', '') AS difference,
    t.unknown AS unknown_columns, t.unfilled AS unfilled_columns
FROM totals AS t INNER JOIN in_force AS s USING (load_id)
ORDER BY supplier, s.drawn_on, delivery_id, indexOf(['delivery', 'record', 'file'], level), record, file
