{{define "found"}}UNION ALL SELECT load_id, file_no, '{{.Record}}', 0, 0, 0, toUInt128(0), 0, n, s, q, d FROM ({{end -}}
WITH
    in_force AS
    (
        SELECT load_id FROM ops.load FINAL WHERE (supplier, delivery_id, manifest_sha256) IN
            (SELECT supplier, delivery_id, manifest_sha256 FROM ops.delivery FINAL WHERE status = 'accepted')
    ),
    sides AS
    (
        SELECT load_id, file_no, toString(record) AS record, rows_accepted AS n, row_sum AS s, row_squares AS q, ifNull(digest, toUInt128(0)) AS d, isNotNull(digest) AS digested,
            0 AS found, 0 AS found_sum, 0 AS found_squares, toUInt128(0) AS found_content
        FROM ops.delivery_file FINAL WHERE load_id IN (SELECT load_id FROM in_force)
{{- range .}}
        {{template "found" .}}
{{template "rows_as_they_lie.sql" .}})
        {{template "found" .}}
{{template "erased_rows.sql" .}})
{{- end}}
    ),
    differing AS
    (
        SELECT load_id FROM sides
        GROUP BY load_id, file_no, record
        HAVING (sum(n), sum(s), sum(q)) != (sum(found), sum(found_sum), sum(found_squares)) OR max(digested) = 1 AND sum(d) != sum(found_content)
    )
SELECT count() FROM differing
