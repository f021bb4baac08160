{{define "what" -}}
SELECT u, arrayFilter(x -> x != '', [if(fresh > 0, 'new records', ''), if(corrected > 0, 'corrected records', ''), if(gone > 0, 'withdrawn records', ''),
            if(linked > 0, 'new link', ''), if(unlinked > 0, 'withdrawn link', '')]) AS what
        FROM (SELECT u, {{template "sums"}} FROM {{.}} GROUP BY u)
{{- end -}}
WITH
    own AS
    (
        {{template "what" (print .After "reason")}}
    ),
    shared AS
    (
        {{template "what" (print .After "shared")}}
    ),
    changes AS
    (
        SELECT c.table AS table, toNullable(nullIf(p.cohort, 0)) AS cohort, c.column AS column, arrayStringConcat(if(empty(reasons), ['time'], reasons), ' + ') AS why,
            arrayConcat({{if .OtherDefinitions}}['definition']{{else}}[]{{end}}, if(empty(r.what) AND c.table = '{{.Conflicts}}', s.what, r.what)) AS reasons
        FROM {{.After}}change AS c
        INNER JOIN {{.After}}pair AS p USING (u)
        LEFT JOIN own AS r USING (u)
        LEFT JOIN shared AS s USING (u)
    )
SELECT table, cohort, column, why, count() AS persons
FROM changes
GROUP BY table, cohort, column, why
ORDER BY table, cohort, column, why
