SELECT assumeNotNull(a.cohort) AS cohort, until_year, sum(a.people) AS all_people, sum(people_worked_before) AS worked_before,
    sum(people_worked_after) AS worked_after
FROM marts.azc_work_by_year AS a
WHERE edition = $1 AND population = 'asylum' AND a.cohort IS NOT NULL
GROUP BY cohort, until_year
ORDER BY cohort, until_year
