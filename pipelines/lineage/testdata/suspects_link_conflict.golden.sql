INSERT INTO work.after_suspect
SELECT 'link_conflict', u FROM
(
    SELECT u, toInt64(h) AS h
    FROM (SELECT pseudonym, sum(reinterpretAsInt64(cityHash64(tuple(`conflict_id`, `suppliers`, 1)))) AS h FROM (SELECT * FROM facts.link_conflict WHERE edition = toDate('2026-03-31')) GROUP BY pseudonym) AS f
    INNER JOIN (SELECT u, a AS id FROM work.after_pair WHERE a != '' AND b != '' AND u % 2 = 0) AS p ON p.id = f.pseudonym
    UNION ALL SELECT u, negate(h) AS h
    FROM (SELECT pseudonym, sum(reinterpretAsInt64(cityHash64(tuple(`conflict_id`, `suppliers`, 1)))) AS h FROM (SELECT * FROM facts.link_conflict WHERE edition = toDate('2026-06-30')) GROUP BY pseudonym) AS f
    INNER JOIN (SELECT u, b AS id FROM work.after_pair WHERE a != '' AND b != '' AND u % 2 = 0) AS p ON p.id = f.pseudonym
)
GROUP BY u HAVING sum(h) != 0
