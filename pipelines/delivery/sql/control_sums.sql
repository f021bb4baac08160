SELECT load_id, file_no, toString(sum(toInt128(ifNull(`{{.Field}}`, 0))))
FROM raw.{{.Record}}{{if .Final}} FINAL{{end}}
WHERE load_id IN (?) GROUP BY load_id, file_no
