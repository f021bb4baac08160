{{template "in_raw_from" .}}raw.{{.Name}} FINAL
WHERE load_id IN (SELECT load_id FROM {{.Tables}}load)
