{{- /* A worker reads a few hundredths of a table, and nothing is gained by merging its parts. */ -}}
CREATE TABLE {{.Tables}}{{.Record.Name}} (person UInt32{{range .Columns}}, {{.Quoted}} {{.Type}}{{end}})
ENGINE = MergeTree ORDER BY person SETTINGS index_granularity = 2048, max_bytes_to_merge_at_max_space_in_pool = 1
