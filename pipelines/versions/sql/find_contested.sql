INSERT INTO {{.Into}}
SELECT {{.Hash}} FROM raw.{{.Record.Name}}
WHERE {{template "in_scope" .}}
    {{- /* A deletion names no period. */ -}}
    {{- if eq .Hash "period_key"}} AND operation != 'V'{{end}} AND {{.Hash}} % {{.Part.Of}} = {{.Part.No}}
GROUP BY {{.Hash}} HAVING count() > 1
