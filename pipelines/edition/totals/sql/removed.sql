WITH
    -- Each row once, at its place in the order of versions.
    placed AS
    (
        SELECT {{.Key}}, (any(rank), file_no, row_no) AS at, any(operation) AS operation_of, any({{.Period}}) AS period_of
            {{- range $i, $c := .Counted}}, any(toInt128({{$c}})) AS m{{$i}}{{end}}
        FROM (SELECT * FROM raw.{{.Name}} WHERE {{template "counts" .}} AND {{template "contested" .}}) AS r
        ANY LEFT JOIN {{.Tables}}load AS l USING load_id
        GROUP BY {{.Key}}, load_id, file_no, row_no
    ),
    -- The versions of a record: their sums, and those of the newest.
    of_record AS
    (
        SELECT argMax(operation_of, at) AS op, max(at) AS newest, argMax(period_of, at) AS period
            {{- range $i, $c := .Counted}}, sum(m{{$i}}) AS s{{$i}}, argMax(m{{$i}}, at) AS n{{$i}}{{end}}
        FROM placed GROUP BY {{.Key}}
    ),
    -- The records of a period: beaten, deleted, kept, and the last of those kept.
    of_period AS
    (
        SELECT {{range $i, $c := .Counted}}{{if $i}}, {{end -}}
            sum(s{{$i}} - n{{$i}}) AS b{{$i}}, sumIf(n{{$i}}, op = 'V') AS d{{$i}}, sumIf(n{{$i}}, op != 'V') AS k{{$i}}, argMaxIf(n{{$i}}, newest, op != 'V') AS l{{$i}}
            {{- end}}
        FROM of_record GROUP BY period
    )
SELECT
    {{range $i, $c := .Counted}}sum(b{{$i}}), {{end -}}
    {{range $i, $c := .Counted}}sum(d{{$i}}), {{end -}}
    {{range $i, $c := .Counted}}{{if $i}}, {{end}}{{if $.Corrected}}sum(k{{$i}} - l{{$i}}){{else}}toInt128(0){{end}}{{end}}
FROM of_period
SETTINGS max_bytes_before_external_group_by = 1000000000
