{{- /* Rows of a table of facts in one of the editions. Months count up to the grid end of both: later ones are new to everybody. */ -}}
{{define "rows"}}(SELECT * FROM facts.{{.Table.Name}} WHERE edition = toDate('{{.Edition}}'){{with .MonthsTo}} AND month <= toDate('{{.}}'){{end}}){{end -}}

{{- /* Some of the persons in both editions, with the id that they have in one of them. */ -}}
{{define "people"}}SELECT u, {{.ID}} AS id FROM {{.After}}pair WHERE a != '' AND b != '' AND {{template "some" .}}{{end -}}

{{define "some"}}u % {{.Of}} = {{.No}}{{if .Suspects}} AND u IN (SELECT u FROM {{.After}}suspect WHERE table = '{{.Table.Name}}'){{end}}{{end -}}

{{- /* The rows of each person in one edition, added up. */ -}}
{{define "rows_of_people" -}}
SELECT u, {{.Sign}}(h) AS h
    FROM (SELECT {{.Table.Person}}, sum(reinterpretAsInt64({{.Table.WholeHash}})) AS h FROM {{template "rows" .}} GROUP BY {{.Table.Person}}) AS f
    INNER JOIN ({{template "people" .}}) AS p ON p.id = f.{{.Table.Person}}
{{- end -}}

{{- /* A hash of each column over the rows of each person in one edition. */ -}}
{{define "hashes_of_people" -}}
SELECT p.u AS u, [{{list .Table.ColumnHashes}}] AS hashes, {{.E}} AS e
        FROM {{template "rows" .}} AS f INNER JOIN ({{template "people" .}}) AS p ON p.id = f.{{.Table.Person}}
{{- end -}}
