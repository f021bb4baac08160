SELECT toUInt32(0) AS person
{{- /* An insert into the work table would have made a column of its type. */ -}}
{{range .Columns}}, CAST({{.Expr}}, '{{.Type}}') AS work_{{.Name}}{{end}}
FROM
(
    SELECT * FROM raw.{{.Record}}
    WHERE (load_id, file_no, row_no) IN (SELECT load, file, row FROM wanted)
    ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no
)
