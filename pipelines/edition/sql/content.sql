{{define "names"}}[{{range $i, $t := .}}{{if $i}}, {{end}}'{{$t.Name}}'{{end}}]{{end -}}
SELECT e.edition AS edition, e.name AS table, c.n AS rows, lower(leftPad(hex(c.hash), 16, '0')) AS content_hash, toString(e.definition_version) AS definitions, e.synthetic AS synthetic
FROM (SELECT edition, definition_version, synthetic, position, name FROM ops.edition FINAL ARRAY JOIN {{template "names" .}} AS name, arrayEnumerate({{template "names" .}}) AS position) AS e
LEFT JOIN (
{{- range $i, $t := .}}
{{if $i}}UNION ALL
{{end}}SELECT edition, {{.Position}} AS position, '{{.Name}}' AS name, count() AS n, sum({{.Hash}}) AS hash FROM facts.{{.Name}} GROUP BY edition
{{- end}}
) AS c ON c.edition = e.edition AND c.name = e.name
ORDER BY edition, e.position
