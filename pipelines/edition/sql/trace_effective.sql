INSERT INTO {{.Tables}}effective
WITH effective AS
(
    {{.Select}}
)
SELECT l.person, '{{.Record.Name}}', work_id, work_digest, work_whose
FROM (SELECT {{template "key_of_record" .}} AS key, * FROM effective) AS r INNER JOIN {{.Tables}}link AS l USING key
