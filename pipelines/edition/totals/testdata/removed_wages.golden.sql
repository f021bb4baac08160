WITH
    -- Each row once, at its place in the order of versions.
    placed AS
    (
        SELECT record_id, (any(rank), file_no, row_no) AS at, any(operation) AS operation_of, any((ikv_id, period_start)) AS period_of, any(toInt128(1)) AS m0, any(toInt128(hours_paid)) AS m1, any(toInt128(wage_sv)) AS m2
        FROM (SELECT * FROM raw.uwv_employment WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment') AND (record_key IN (SELECT value FROM work.b7_uwv_employment_record_key) OR period_key IN (SELECT value FROM work.b7_uwv_employment_period_key))) AS r
        ANY LEFT JOIN work.b7_load AS l USING load_id
        GROUP BY record_id, load_id, file_no, row_no
    ),
    -- The versions of a record: their sums, and those of the newest.
    of_record AS
    (
        SELECT argMax(operation_of, at) AS op, max(at) AS newest, argMax(period_of, at) AS period, sum(m0) AS s0, argMax(m0, at) AS n0, sum(m1) AS s1, argMax(m1, at) AS n1, sum(m2) AS s2, argMax(m2, at) AS n2
        FROM placed GROUP BY record_id
    ),
    -- The records of a period: beaten, deleted, kept, and the last of those kept.
    of_period AS
    (
        SELECT sum(s0 - n0) AS b0, sumIf(n0, op = 'V') AS d0, sumIf(n0, op != 'V') AS k0, argMaxIf(n0, newest, op != 'V') AS l0, sum(s1 - n1) AS b1, sumIf(n1, op = 'V') AS d1, sumIf(n1, op != 'V') AS k1, argMaxIf(n1, newest, op != 'V') AS l1, sum(s2 - n2) AS b2, sumIf(n2, op = 'V') AS d2, sumIf(n2, op != 'V') AS k2, argMaxIf(n2, newest, op != 'V') AS l2
        FROM of_record GROUP BY period
    )
SELECT
    sum(b0), sum(b1), sum(b2), sum(d0), sum(d1), sum(d2), sum(k0 - l0), sum(k1 - l1), sum(k2 - l2)
FROM of_period
SETTINGS max_bytes_before_external_group_by = 1000000000
