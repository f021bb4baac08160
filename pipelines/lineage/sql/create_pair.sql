CREATE TABLE {{.After}}pair ENGINE = MergeTree ORDER BY u AS
WITH sides AS
(
    SELECT m.u AS u, toString(m.person_id) AS a0, '' AS b0, ifNull(f.cohort, 0) AS ca, 0 AS cb
    FROM {{.After}}map_a AS m INNER JOIN facts.person AS f ON f.person_id = m.person_id AND f.edition = toDate('{{.EditionBefore}}')
    UNION ALL SELECT m.u, '', toString(m.person_id), 0, ifNull(f.cohort, 0)
    FROM {{.After}}map_b AS m INNER JOIN facts.person AS f ON f.person_id = m.person_id AND f.edition = toDate('{{.EditionAfter}}')
)
SELECT u, max(a0) AS a, max(b0) AS b, if(max(b0) != '', max(cb), max(ca)) AS cohort
FROM sides GROUP BY u
