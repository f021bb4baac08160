SELECT cohort, settled_year, people, waited_3_months
FROM marts.settling_by_year
WHERE edition = $1
ORDER BY cohort, settled_year
