INSERT INTO work.after_reason
WITH
    compared AS
    (
        SELECT u, sa, sb FROM (SELECT ua AS u, any(sa) AS sa FROM work.after_moved WHERE in_a GROUP BY u) AS x
            INNER JOIN (SELECT ub AS u, any(sb) AS sb FROM work.after_moved WHERE in_b GROUP BY u) AS y USING (u)
        UNION ALL SELECT ua, sa, sb FROM work.after_moved WHERE in_a AND in_b AND ua NOT IN (SELECT ub FROM work.after_moved WHERE in_b)
        UNION ALL SELECT ub, sa, sb FROM work.after_moved WHERE in_a AND in_b AND ub NOT IN (SELECT ua FROM work.after_moved WHERE in_a)
    ),
    changed AS
    (
        SELECT u, max(both.n < later.n) AS linked, max(both.n < earlier.n) AS unlinked
        FROM compared AS k
        INNER JOIN (SELECT sa, sb, count() AS n FROM work.after_moved WHERE in_a AND in_b GROUP BY sa, sb) AS both USING (sa, sb)
        INNER JOIN (SELECT sa, count() AS n FROM work.after_moved WHERE in_a GROUP BY sa) AS earlier USING (sa)
        INNER JOIN (SELECT sb, count() AS n FROM work.after_moved WHERE in_b GROUP BY sb) AS later USING (sb)
        GROUP BY u HAVING linked OR unlinked
        UNION ALL SELECT ub, 1, 0 FROM work.after_moved WHERE in_b AND NOT in_a AND sb >= 9223372036854775808
        UNION ALL SELECT ua, 0, 1 FROM work.after_moved WHERE in_a AND NOT in_b AND sa >= 9223372036854775808
    )
SELECT u, 0, 0, 0, linked, unlinked FROM changed
