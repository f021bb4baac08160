INSERT INTO {{.Tables}}{{.Record.Name}}_periods
SELECT * FROM {{.Tables}}{{.Record.Name}}_versions
WHERE period % {{.Part.Of}} = {{.Part.No}}
{{template "newest_first"}} LIMIT 1 BY {{list .Record.CorrectedBy}}
