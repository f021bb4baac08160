{{- /* The persons of an edition: number, u, person_id and the number of their set. */ -}}
CREATE TABLE {{.After}}{{.Map}} ENGINE = MergeTree ORDER BY person AS
WITH
    persons AS
    (
{{- if .OfBefore}}
        SELECT person, if(there, toUInt32(q), toUInt32(person + {{.OnlyBefore}})) AS u, person_id
        FROM {{.Before}}person AS a LEFT JOIN (SELECT p AS person, q, 1 AS there FROM {{.After}}same) AS s USING person
{{- else}}
        SELECT person, person AS u, person_id FROM {{.After}}person
{{- end}}
    ),
    conflicts AS
    (
        SELECT pseudonym, bitOr(sipHash64(conflict_id), toUInt64({{.OfConflict}})) AS id FROM facts.link_conflict WHERE edition = toDate('{{.Edition}}')
    )
SELECT person, u, person_id, if(id = 0, toUInt64(u), id) AS s
FROM persons AS p LEFT JOIN conflicts AS k ON k.pseudonym = p.person_id
