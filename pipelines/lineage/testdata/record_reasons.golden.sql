INSERT INTO work.after_reason
WITH
    sides AS
    (
        SELECT record, id, digest, whose, m.u AS u, 0 AS e
        FROM (SELECT * FROM work.before_effective WHERE bitXor(id, sipHash64(record)) IN (SELECT k FROM work.after_differing WHERE k % 2 = 0)) AS h INNER JOIN work.after_map_a AS m USING (person)
        UNION ALL SELECT record, id, digest, whose, person, 1 FROM work.after_effective WHERE bitXor(id, sipHash64(record)) IN (SELECT k FROM work.after_differing WHERE k % 2 = 0)
    ),
    records AS
    (
        SELECT record, id, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(digest, e = 0) AS da, maxIf(digest, e = 1) AS db,
            maxIf(whose, e = 0) AS wa, maxIf(whose, e = 1) AS wb, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub
        FROM sides GROUP BY record, id
    ),
    changed AS
    (
        SELECT arrayJoin(multiIf(NOT in_a, [(ub, 1)], NOT in_b, [(ua, 3)],
            da != db OR ua != ub AND wa != wb, if(ua = ub, [(ub, 2)], [(ua, 2), (ub, 2)]), CAST([], 'Array(Tuple(UInt32, UInt8))'))) AS t, t.1 AS u, t.2 AS what
        FROM records
    )
SELECT u, countIf(what = 1), countIf(what = 2), countIf(what = 3), 0, 0 FROM changed GROUP BY u
