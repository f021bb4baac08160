{{- /* Persons of the two editions who share a pseudonym. */ -}}
CREATE TABLE {{.After}}candidate ENGINE = MergeTree ORDER BY tuple() AS
SELECT a.person AS p, b.person AS q, any(x.person_id != y.person_id) AS other
FROM {{.Before}}pseudonym AS a INNER JOIN {{.After}}pseudonym AS b USING (kind, key)
INNER JOIN {{.Before}}person AS x ON x.person = a.person
INNER JOIN {{.After}}person AS y ON y.person = b.person
GROUP BY p, q
