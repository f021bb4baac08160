{{- /* What several totals say alike. None of it comes from package versions: the rules are stated here once more. */ -}}

{{define "counts" -}}
load_id IN (SELECT load_id FROM {{.Tables}}scope WHERE record = '{{.Name}}')
{{- if .Municipal}} AND (load_id, CAST(municipality_code, 'Int16')) IN (SELECT load_id, municipality FROM {{.Tables}}scope WHERE record = '{{.Name}}'){{end}}
{{- end}}

{{define "contested" -}}
{{- if not .Contested.Any}}0
{{- else if .Contested.All}}1
{{- else}}(
{{- if .Contested.Keys}}record_key IN (SELECT value FROM {{.Tables}}{{.Name}}_record_key){{end}}
{{- if and .Contested.Keys .Contested.Periods}} OR {{end}}
{{- if .Contested.Periods}}period_key IN (SELECT value FROM {{.Tables}}{{.Name}}_period_key){{end}})
{{- end}}
{{- end}}

{{define "sums"}}toInt128(count()){{range .Measured}}, sum(toInt128({{.}})){{end}}{{end}}

{{define "in_raw_from" -}}
SELECT {{template "sums" .}},
    toInt128(countIf(NOT ({{template "counts" .}}))){{range .Measured}}, sumIf(toInt128({{.}}), NOT ({{template "counts" $}})){{end}}
FROM {{end}}

{{define "month_of"}}toInt32(toRelativeMonthNum(addDays(toDate32('1970-01-01'), {{.}} - 25568))){{end}}

{{define "day_of"}}addDays(toDate32('1970-01-01'), {{.}} - 25568){{end}}
