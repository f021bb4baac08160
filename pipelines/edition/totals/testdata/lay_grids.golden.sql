INSERT INTO work.b7_grid
WITH
    -- What a grid may start with: sort 1 goes before sort 2.
    starts AS
    (
        SELECT person_id, toNullable(toDate32(date)) AS d, if(kind IN ('azc_arrival', 'application', 'permit', 'temporary_protection'), 1, 2) AS sort
        FROM (SELECT * FROM facts_store.milestone WHERE edition = toDate('2026-06-30') AND build = 7) WHERE kind NOT IN ('first_job_20h', 'sustained_6', 'sustained_12', 'sustained_18', 'bijstand_exit_to_work')
        UNION ALL SELECT person_id, toNullable(addDays(toDate32('1970-01-01'), start - 25568)), 2 FROM work.b7_duo_obligation AS o INNER JOIN work.b7_person AS q USING person
        UNION ALL SELECT person_id, toNullable(addDays(toDate32('1970-01-01'), taken_on - 25568)), 2 FROM work.b7_duo_exam AS o INNER JOIN work.b7_person AS q USING person
    ),
    of_person AS
    (
        SELECT p.person AS person, minIf(d, sort = 1) AS asylum, minIf(d, sort = 2) AS other
        FROM work.b7_person AS p LEFT JOIN starts AS f USING person_id
        GROUP BY person
    )
SELECT person, greatest(if(isNull(asylum) AND isNull(other), 1000000, toInt32(toRelativeMonthNum(assumeNotNull(coalesce(asylum, other))))), 23807)
FROM of_person
SETTINGS join_use_nulls = 1
