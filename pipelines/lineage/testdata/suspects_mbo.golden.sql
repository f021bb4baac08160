INSERT INTO work.after_suspect
SELECT 'mbo', u FROM
(
    SELECT u, toInt64(h) AS h
    FROM (SELECT person_id, sum(reinterpretAsInt64(cityHash64(tuple(`kind`, `level`, `start`, `end`, `result`, `municipality_code`, `region`, `record_id`, 1)))) AS h FROM (SELECT * FROM facts.mbo WHERE edition = toDate('2026-03-31')) GROUP BY person_id) AS f
    INNER JOIN (SELECT u, a AS id FROM work.after_pair WHERE a != '' AND b != '' AND u % 2 = 0) AS p ON p.id = f.person_id
    UNION ALL SELECT u, negate(h) AS h
    FROM (SELECT person_id, sum(reinterpretAsInt64(cityHash64(tuple(`kind`, `level`, `start`, `end`, `result`, `municipality_code`, `region`, `record_id`, 1)))) AS h FROM (SELECT * FROM facts.mbo WHERE edition = toDate('2026-06-30')) GROUP BY person_id) AS f
    INNER JOIN (SELECT u, b AS id FROM work.after_pair WHERE a != '' AND b != '' AND u % 2 = 0) AS p ON p.id = f.person_id
)
GROUP BY u HAVING sum(h) != 0
