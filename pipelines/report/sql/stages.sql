SELECT toString(population) AS population, month, toString(stage) AS stage, sum(persons) AS people, sum(persons_18_to_64) AS adults
FROM marts.stage_by_month
WHERE edition = $1 AND population IN ('asylum', 'displaced')
GROUP BY population, month, stage
ORDER BY population, month, stage
