SELECT count() FROM raw.{{.Record.Name}}
WHERE {{template "in_scope" .}}
