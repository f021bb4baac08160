WITH
    own AS
    (
        SELECT u, arrayFilter(x -> x != '', [if(fresh > 0, 'new records', ''), if(corrected > 0, 'corrected records', ''), if(gone > 0, 'withdrawn records', ''),
            if(linked > 0, 'new link', ''), if(unlinked > 0, 'withdrawn link', '')]) AS what
        FROM (SELECT u, sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked FROM work.after_reason GROUP BY u)
    ),
    shared AS
    (
        SELECT u, arrayFilter(x -> x != '', [if(fresh > 0, 'new records', ''), if(corrected > 0, 'corrected records', ''), if(gone > 0, 'withdrawn records', ''),
            if(linked > 0, 'new link', ''), if(unlinked > 0, 'withdrawn link', '')]) AS what
        FROM (SELECT u, sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked FROM work.after_shared GROUP BY u)
    ),
    changes AS
    (
        SELECT c.table AS table, toNullable(nullIf(p.cohort, 0)) AS cohort, c.column AS column, arrayStringConcat(if(empty(reasons), ['time'], reasons), ' + ') AS why,
            arrayConcat(['definition'], if(empty(r.what) AND c.table = 'link_conflict', s.what, r.what)) AS reasons
        FROM work.after_change AS c
        INNER JOIN work.after_pair AS p USING (u)
        LEFT JOIN own AS r USING (u)
        LEFT JOIN shared AS s USING (u)
    )
SELECT table, cohort, column, why, count() AS persons
FROM changes
GROUP BY table, cohort, column, why
ORDER BY table, cohort, column, why
