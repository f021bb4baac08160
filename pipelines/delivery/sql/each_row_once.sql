{{- /* It goes in the order of the table, so it takes no memory to speak of. */ -}}
SELECT load_id, file_no, count() AS n, sum(row_no) AS s, sum(row_no * row_no) AS q, sum(one) AS d, sum(differ) AS two
FROM
(
    SELECT load_id, file_no, row_no, any(content) AS one, toUInt64(min(content) != max(content)) AS differ
    FROM (SELECT load_id, file_no, row_no, {{.Digest}} AS content FROM raw.{{.Record}} WHERE {{.Where}})
    GROUP BY load_id, file_no, row_no SETTINGS optimize_aggregation_in_order = 1
)
GROUP BY load_id, file_no
