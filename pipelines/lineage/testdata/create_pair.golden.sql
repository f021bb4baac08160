CREATE TABLE work.after_pair ENGINE = MergeTree ORDER BY u AS
WITH sides AS
(
    SELECT m.u AS u, toString(m.person_id) AS a0, '' AS b0, ifNull(f.cohort, 0) AS ca, 0 AS cb
    FROM work.after_map_a AS m INNER JOIN facts.person AS f ON f.person_id = m.person_id AND f.edition = toDate('2026-03-31')
    UNION ALL SELECT m.u, '', toString(m.person_id), 0, ifNull(f.cohort, 0)
    FROM work.after_map_b AS m INNER JOIN facts.person AS f ON f.person_id = m.person_id AND f.edition = toDate('2026-06-30')
)
SELECT u, max(a0) AS a, max(b0) AS b, if(max(b0) != '', max(cb), max(ca)) AS cohort
FROM sides GROUP BY u
