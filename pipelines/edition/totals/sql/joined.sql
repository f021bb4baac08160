SELECT {{template "sums" .}}
FROM {{.Tables}}{{.Name}}
