{{- /* Per u in a conflict, the reasons of all in it. A record goes to its V, and yet it can say something about the B that a conflict has too. */ -}}
CREATE TABLE {{.After}}shared ENGINE = MergeTree ORDER BY u AS
WITH
    in_conflict AS
    (
        SELECT DISTINCT u, s FROM
        (
            SELECT u, s FROM {{.After}}map_a WHERE s >= {{.OfConflict}}
            UNION ALL SELECT u, s FROM {{.After}}map_b WHERE s >= {{.OfConflict}}
        )
    ),
    of_set AS
    (
        SELECT s, {{template "sums"}} FROM in_conflict AS y INNER JOIN {{.After}}reason AS r USING (u) GROUP BY s
    )
SELECT u, {{template "sums"}} FROM in_conflict AS x INNER JOIN of_set AS z USING (s) GROUP BY u
