{{- define "erased"}}ops.erased_row WHERE record = '{{.Record}}'{{end -}}
SELECT load_id, file_no, row_no, max(digest) AS digest
FROM (SELECT load_id, file_no, row_no, digest FROM {{template "erased" .}})
WHERE (load_id, file_no, row_no) NOT IN
(
    SELECT load_id, file_no, row_no FROM raw.{{.Record}}
    WHERE (load_id, file_no, row_no) IN (SELECT load_id, file_no, row_no FROM {{template "erased" .}})
)
GROUP BY load_id, file_no, row_no
