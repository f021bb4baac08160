{{- /* Of each pseudonym whose it is (ua, ub) and in which set (sa, sb) it is, in the editions that have it (in_a, in_b). */ -}}
CREATE TABLE {{.After}}member ENGINE = MergeTree ORDER BY tuple() AS
SELECT kind, key, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub, maxIf(s, e = 0) AS sa, maxIf(s, e = 1) AS sb
FROM
(
    SELECT kind, key, u, s, 0 AS e FROM {{.Before}}pseudonym AS p INNER JOIN {{.After}}map_a AS m USING (person)
    UNION ALL SELECT kind, key, u, s, 1 FROM {{.After}}pseudonym AS p INNER JOIN {{.After}}map_b AS m USING (person)
)
GROUP BY kind, key
