CREATE TABLE work.after_candidate ENGINE = MergeTree ORDER BY tuple() AS
SELECT a.person AS p, b.person AS q, any(x.person_id != y.person_id) AS other
FROM work.before_pseudonym AS a INNER JOIN work.after_pseudonym AS b USING (kind, key)
INNER JOIN work.before_person AS x ON x.person = a.person
INNER JOIN work.after_person AS y ON y.person = b.person
GROUP BY p, q
