{{- /* What several statements say alike. */ -}}

{{define "in_scope" -}}
load_id IN (SELECT load_id FROM {{.Tables}}scope WHERE record = '{{.Record.Name}}')
{{- if .Record.Municipal}} AND (load_id, CAST(municipality_code, 'Int16')) IN (SELECT load_id, municipality FROM {{.Tables}}scope WHERE record = '{{.Record.Name}}'){{end}}
{{- end}}

{{define "contested" -}}
{{- if .Contested.All -}} 1
{{- else -}}
(
{{- if .Contested.Keys}}record_key IN (SELECT value FROM {{.ContestedTable "record_key"}}){{end}}
{{- if and .Contested.Keys .Contested.Periods}} OR {{end}}
{{- if .Contested.Periods}}period_key IN (SELECT value FROM {{.ContestedTable "period_key"}}){{end -}}
)
{{- end}}
{{- end}}

{{define "newest_first"}}ORDER BY rank DESC, file_no DESC, row_no DESC{{end}}

{{define "made"}}{{range $i, $c := .Columns}}{{if $i}}, {{end}}{{$c.Expr}} AS {{$c.Made}}{{end}}{{end}}
