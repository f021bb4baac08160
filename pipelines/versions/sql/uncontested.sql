SELECT pseudonym_v, pseudonym_b, {{template "made" .}}
FROM raw.{{.Record.Name}}
WHERE {{template "in_scope" .}} AND operation != 'V'{{if .Contested.Any}} AND NOT {{template "contested" .}}{{end}}
