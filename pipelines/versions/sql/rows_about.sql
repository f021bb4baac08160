{{- define "looked_at"}}{{if .OfLoads}}load_id IN (SELECT load FROM loads) AND {{end}}{{end -}}
WITH
    carrying AS
    (
        SELECT record_key FROM raw.{{.Record.Name}}
        WHERE {{template "looked_at" .}}(pseudonym_v IN (SELECT key FROM wanted WHERE v = 1) OR pseudonym_b IN (SELECT key FROM wanted WHERE v = 0))
    ),
{{- if .Record.CorrectedBy}}
    periods AS
    (
        SELECT period_key FROM raw.{{.Record.Name}}
        WHERE {{template "looked_at" .}}operation != 'V' AND record_key IN (SELECT record_key FROM carrying)
    ),
    correcting AS
    (
        SELECT record_key FROM raw.{{.Record.Name}}
        WHERE {{template "looked_at" .}}operation != 'V' AND period_key IN (SELECT period_key FROM periods)
    ),
{{- end}}
    wanted_keys AS
    (
        SELECT record_key FROM carrying
{{- if .Record.CorrectedBy}} UNION ALL SELECT record_key FROM correcting{{end}}
    )
SELECT load_id, file_no, row_no, record_id,
    {{if .Record.Municipal}}CAST(municipality_code, 'Int16'){{else}}toInt16(0){{end}} AS municipality,
    pseudonym_v, pseudonym_b, toUInt8(operation = 'V') AS deletes,
    {{if .Record.CorrectedBy}}toString(({{list .Record.CorrectedBy}})){{else}}''{{end}} AS period
{{- with .Also}}, {{.}} AS also{{end}}
FROM raw.{{.Record.Name}}
WHERE {{template "looked_at" .}}record_key IN (SELECT record_key FROM wanted_keys)
ORDER BY load_id, file_no, row_no LIMIT 1 BY load_id, file_no, row_no
