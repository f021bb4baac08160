CREATE TABLE {{.Tables}}{{.Record.Name}}_versions
(
    pseudonym_v Nullable(FixedString(16)), pseudonym_b Nullable(FixedString(16)),
    rank UInt32, file_no UInt32, row_no UInt64, period UInt64
{{- range .Columns}}, {{.Quoted}} {{.Type}}{{end}}
)
ENGINE = MergeTree ORDER BY tuple()
