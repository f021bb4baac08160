CREATE TABLE work.after_same ENGINE = MergeTree ORDER BY p AS
SELECT p, q
FROM (SELECT p, argMin(q, (other, q)) AS q FROM work.after_candidate GROUP BY p) AS x
INNER JOIN (SELECT q, argMin(p, (other, p)) AS p FROM work.after_candidate GROUP BY q) AS y USING (p, q)
