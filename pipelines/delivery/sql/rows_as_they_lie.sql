SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum({{.Digest}}) AS d, toUInt64(0) AS two
FROM raw.{{.Record}} WHERE {{.Where}}
GROUP BY load_id, file_no
