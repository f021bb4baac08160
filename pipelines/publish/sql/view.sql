{{- /* A table of publication: the rows of all releases of one entry of the catalogue. */ -}}
CREATE OR REPLACE VIEW publication.{{ident .Name}}
(
    release String COMMENT 'Release, as in publication.release.',
{{- range .Columns}}
    {{ident .Name}} String COMMENT {{.Comment}},
{{- end}}
    value Nullable(UInt64) COMMENT 'The figure; NULL where the status is not published.',
    denominator Nullable(UInt64) COMMENT 'The figure of everybody, whatever the outcome.',
    share Nullable(Float64) COMMENT 'value / denominator, of the published figures.',
    status String COMMENT 'published; suppressed, to protect people; not_applicable; not_yet.',
    unit String
)
AS SELECT
    release,
{{- range .Columns}}
    place[{{.Place}}] AS {{ident .Name}},
{{- end}}
    value,
    denominator,
    share,
    status,
    {{.Unit}} AS unit
FROM publication_store.cell
WHERE entry = {{.Literal}} AND (release, attempt) IN (SELECT release, attempt FROM publication_store.release)
COMMENT {{.Comment}}
