{{- /* The sets that are not the same in both editions, whole. */ -}}
CREATE TABLE {{.After}}moved ENGINE = MergeTree ORDER BY tuple() AS
SELECT * FROM {{.After}}member
WHERE in_a AND sa IN (SELECT sa FROM {{.After}}member WHERE in_a AND (NOT in_b OR sa != sb))
    OR in_b AND sb IN (SELECT sb FROM {{.After}}member WHERE in_b AND (NOT in_a OR sa != sb))
