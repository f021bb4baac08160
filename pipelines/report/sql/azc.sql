SELECT assumeNotNull(a.cohort) AS cohort, period, people, people_worked
FROM marts.azc_work AS a
WHERE edition = $1 AND a.cohort IS NOT NULL
ORDER BY cohort, period
