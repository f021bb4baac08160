{{- /* What an entry of the catalogue counts in an edition; arguments: the edition, then the values of each condition. */ -}}
SELECT
    [{{range $i, $d := .Dimensions}}{{if $i}}, {{end}}coalesce(nullIf(toString({{ident $d}}), ''), 'unknown'){{end}}] AS place,
    {{.Known}} AS known,
    [{{range $i, $c := .Counts}}{{if $i}}, {{end}}toInt64(sum({{ident $c.Count}})){{if $c.Less}} - toInt64(sum({{ident $c.Less}})){{end}}{{end}}] AS counts
FROM marts.{{ident .Mart}}
WHERE edition = toDate(?)
{{- range .Where}}
    AND has(?, toString({{if .Part}}toMonth({{ident .Column}}){{else}}{{ident .Column}}{{end}}))
{{- end}}
GROUP BY place
ORDER BY place
