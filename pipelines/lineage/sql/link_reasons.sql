{{- /* The set of each person is compared. Who is in one edition only is compared with the sets that the pseudonyms came from or went
to. A pseudonym that nobody had before was linked if a conflict has it: nothing else need tell of it. */ -}}
INSERT INTO {{.After}}reason
WITH
    compared AS
    (
        SELECT u, sa, sb FROM (SELECT ua AS u, any(sa) AS sa FROM {{.After}}moved WHERE in_a GROUP BY u) AS x
            INNER JOIN (SELECT ub AS u, any(sb) AS sb FROM {{.After}}moved WHERE in_b GROUP BY u) AS y USING (u)
        UNION ALL SELECT ua, sa, sb FROM {{.After}}moved WHERE in_a AND in_b AND ua NOT IN (SELECT ub FROM {{.After}}moved WHERE in_b)
        UNION ALL SELECT ub, sa, sb FROM {{.After}}moved WHERE in_a AND in_b AND ub NOT IN (SELECT ua FROM {{.After}}moved WHERE in_a)
    ),
    changed AS
    (
        SELECT u, max(both.n < later.n) AS linked, max(both.n < earlier.n) AS unlinked
        FROM compared AS k
        INNER JOIN (SELECT sa, sb, count() AS n FROM {{.After}}moved WHERE in_a AND in_b GROUP BY sa, sb) AS both USING (sa, sb)
        INNER JOIN (SELECT sa, count() AS n FROM {{.After}}moved WHERE in_a GROUP BY sa) AS earlier USING (sa)
        INNER JOIN (SELECT sb, count() AS n FROM {{.After}}moved WHERE in_b GROUP BY sb) AS later USING (sb)
        GROUP BY u HAVING linked OR unlinked
        UNION ALL SELECT ub, 1, 0 FROM {{.After}}moved WHERE in_b AND NOT in_a AND sb >= {{.OfConflict}}
        UNION ALL SELECT ua, 0, 1 FROM {{.After}}moved WHERE in_a AND NOT in_b AND sa >= {{.OfConflict}}
    )
SELECT u, 0, 0, 0, linked, unlinked FROM changed
