INSERT INTO work.after_suspect
SELECT 'month_status', u FROM
(
    SELECT u, toInt64(h) AS h
    FROM (SELECT person_id, sum(reinterpretAsInt64(cityHash64(tuple(`k`, `age`, `stage`, `in_azc`, `municipality_code`, `region`, `working`, `bijstand`, `hours_week`, `wage_sv_cents`, `contract`, `sector_code`, `bbl`, `startbaan`, `dual`, `leerroute`, `sustained_6`, `sustained_12`, `sustained_18`, `month`, 1)))) AS h FROM (SELECT * FROM facts.month_status WHERE edition = toDate('2026-03-31') AND month <= toDate('2026-02-28')) GROUP BY person_id) AS f
    INNER JOIN (SELECT u, a AS id FROM work.after_pair WHERE a != '' AND b != '' AND u % 2 = 0) AS p ON p.id = f.person_id
    UNION ALL SELECT u, negate(h) AS h
    FROM (SELECT person_id, sum(reinterpretAsInt64(cityHash64(tuple(`k`, `age`, `stage`, `in_azc`, `municipality_code`, `region`, `working`, `bijstand`, `hours_week`, `wage_sv_cents`, `contract`, `sector_code`, `bbl`, `startbaan`, `dual`, `leerroute`, `sustained_6`, `sustained_12`, `sustained_18`, `month`, 1)))) AS h FROM (SELECT * FROM facts.month_status WHERE edition = toDate('2026-06-30') AND month <= toDate('2026-02-28')) GROUP BY person_id) AS f
    INNER JOIN (SELECT u, b AS id FROM work.after_pair WHERE a != '' AND b != '' AND u % 2 = 0) AS p ON p.id = f.person_id
)
GROUP BY u HAVING sum(h) != 0
