{{- /* The rows of the newest release of a table. */ -}}
CREATE OR REPLACE VIEW publication.{{ident (print "latest_" .Name)}}
AS SELECT * FROM publication.{{ident .Name}}
WHERE release = (SELECT argMax(release, (edition, number)) FROM publication_store.release WHERE release IN (SELECT release FROM publication.{{ident .Name}}))
COMMENT {{.Comment}}
