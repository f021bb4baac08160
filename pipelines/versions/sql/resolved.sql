SELECT pseudonym_v, pseudonym_b{{range .Columns}}, {{.Quoted}} AS {{.Made}}{{end}}
FROM {{.Tables}}{{.Record.Name}}_{{if .Corrected}}periods{{else}}versions{{end}}
