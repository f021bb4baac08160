{{- /* Both threads sort and write, in parts of two million rows. Statistics of columns help no query of ours. */ -}}
INSERT INTO {{.Tables}}{{.Record.Name}}
WITH effective AS
(
    {{.Select}}
)
SELECT person{{range .Columns}}, {{.Made}}{{end}}
FROM (SELECT {{template "key_of_record" .}} AS key, * FROM effective) AS r INNER JOIN {{.Tables}}link AS l USING key
SETTINGS join_algorithm = 'hash', max_insert_threads = 2, min_insert_block_size_rows = 2000000, min_insert_block_size_bytes = 300000000,
    materialize_statistics_on_insert = 0
