{{- /* Deletions that have no other version need no resolving. */ -}}
SELECT {{template "sums" .}}
FROM raw.{{.Name}}
WHERE {{template "counts" .}} AND operation = 'V' AND NOT ({{template "contested" .}})
