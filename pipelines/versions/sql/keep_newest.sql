INSERT INTO {{.Tables}}{{.Record.Name}}_versions
WITH
    contested AS
    (
        SELECT * FROM raw.{{.Record.Name}}
        WHERE {{template "in_scope" .}} AND record_key % {{.Part.Of}} = {{.Part.No}} AND {{template "contested" .}}
    ),
    newest AS
    (
        SELECT pseudonym_v, pseudonym_b, rank, file_no, row_no, {{if .Corrected}}period_key{{else}}0{{end}} AS period, {{template "made" .}}, operation
        FROM contested AS r ANY LEFT JOIN {{.Tables}}load AS l USING load_id
        {{template "newest_first"}} LIMIT 1 BY {{list .RecordKey}}
    )
SELECT * EXCEPT operation FROM newest WHERE operation != 'V'
