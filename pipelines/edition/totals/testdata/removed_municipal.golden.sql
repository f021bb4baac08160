WITH
    -- Each row once, at its place in the order of versions.
    placed AS
    (
        SELECT municipality_code, record_id, (any(rank), file_no, row_no) AS at, any(operation) AS operation_of, any(0) AS period_of, any(toInt128(1)) AS m0
        FROM (SELECT * FROM raw.municipality_residence WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'municipality_residence') AND (load_id, CAST(municipality_code, 'Int16')) IN (SELECT load_id, municipality FROM work.b7_scope WHERE record = 'municipality_residence') AND (record_key IN (SELECT value FROM work.b7_municipality_residence_record_key))) AS r
        ANY LEFT JOIN work.b7_load AS l USING load_id
        GROUP BY municipality_code, record_id, load_id, file_no, row_no
    ),
    -- The versions of a record: their sums, and those of the newest.
    of_record AS
    (
        SELECT argMax(operation_of, at) AS op, max(at) AS newest, argMax(period_of, at) AS period, sum(m0) AS s0, argMax(m0, at) AS n0
        FROM placed GROUP BY municipality_code, record_id
    ),
    -- The records of a period: beaten, deleted, kept, and the last of those kept.
    of_period AS
    (
        SELECT sum(s0 - n0) AS b0, sumIf(n0, op = 'V') AS d0, sumIf(n0, op != 'V') AS k0, argMaxIf(n0, newest, op != 'V') AS l0
        FROM of_record GROUP BY period
    )
SELECT
    sum(b0), sum(d0), toInt128(0)
FROM of_period
SETTINGS max_bytes_before_external_group_by = 1000000000
