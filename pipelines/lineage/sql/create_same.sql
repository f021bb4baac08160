{{- /* Of several candidates the one with the same person_id is the same person, else the smallest person_id. */ -}}
CREATE TABLE {{.After}}same ENGINE = MergeTree ORDER BY p AS
SELECT p, q
FROM (SELECT p, argMin(q, (other, q)) AS q FROM {{.After}}candidate GROUP BY p) AS x
INNER JOIN (SELECT q, argMin(p, (other, p)) AS p FROM {{.After}}candidate GROUP BY q) AS y USING (p, q)
