WITH
    undecided AS
    (
{{- range $i, $record := .Records}}
        {{if $i}}UNION ALL {{end}}SELECT DISTINCT load_id FROM raw.{{$record.Name}}
        WHERE load_id NOT IN (SELECT l.load_id FROM {{template "decided"}}) AND load_id NOT IN ({{template "made_of"}})
{{- end}}
    ),
    seen AS
    (
        SELECT load_id FROM ops.retention WHERE layer = 'undecided' AND unit = '{{.Seen}}'{{if .SeenBefore}} AND at < ?{{end}}
    )
SELECT DISTINCT load_id, concat('load ', toString(load_id))
FROM undecided
WHERE load_id {{if not .SeenBefore}}NOT {{end}}IN (SELECT load_id FROM seen)
ORDER BY 1
