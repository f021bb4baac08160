CREATE TABLE work.after_member ENGINE = MergeTree ORDER BY tuple() AS
SELECT kind, key, max(e = 0) AS in_a, max(e = 1) AS in_b, maxIf(u, e = 0) AS ua, maxIf(u, e = 1) AS ub, maxIf(s, e = 0) AS sa, maxIf(s, e = 1) AS sb
FROM
(
    SELECT kind, key, u, s, 0 AS e FROM work.before_pseudonym AS p INNER JOIN work.after_map_a AS m USING (person)
    UNION ALL SELECT kind, key, u, s, 1 FROM work.after_pseudonym AS p INNER JOIN work.after_map_b AS m USING (person)
)
GROUP BY kind, key
