SELECT toString(population) AS population, dimension, value, sum(people) AS in_value
FROM marts.work_by_month
WHERE edition = $1 AND population IN ('asylum', 'displaced')
    AND month = (SELECT max(month) FROM marts.work_by_month AS latest WHERE latest.edition = $1)
GROUP BY population, dimension, value
ORDER BY population, dimension, value
