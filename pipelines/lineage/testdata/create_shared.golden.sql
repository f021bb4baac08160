CREATE TABLE work.after_shared ENGINE = MergeTree ORDER BY u AS
WITH
    in_conflict AS
    (
        SELECT DISTINCT u, s FROM
        (
            SELECT u, s FROM work.after_map_a WHERE s >= 9223372036854775808
            UNION ALL SELECT u, s FROM work.after_map_b WHERE s >= 9223372036854775808
        )
    ),
    of_set AS
    (
        SELECT s, sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked FROM in_conflict AS y INNER JOIN work.after_reason AS r USING (u) GROUP BY s
    )
SELECT u, sum(fresh) AS fresh, sum(corrected) AS corrected, sum(gone) AS gone, sum(linked) AS linked, sum(unlinked) AS unlinked FROM in_conflict AS x INNER JOIN of_set AS z USING (s) GROUP BY u
