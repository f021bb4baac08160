SELECT toString(population) AS population, cohort, sumIf(persons, linkage = 'linked') AS linked, sum(persons) AS all_persons
FROM marts.person_linkage
WHERE edition = $1
GROUP BY population, cohort
ORDER BY population, cohort
