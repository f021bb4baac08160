{{- /* Who has other rows: the hashes of the rows before and of those after do not add up to the same. */ -}}
INSERT INTO {{.Tables.After}}suspect
SELECT '{{.Table.Name}}', u FROM
(
    {{template "rows_of_people" .Before}}
    UNION ALL {{template "rows_of_people" .After}}
)
GROUP BY u HAVING sum(h) != 0
