{{template "in_raw_from" .}}raw.{{.Name}}
WHERE load_id IN (SELECT load_id FROM {{.Tables}}load)
