SELECT month, sum(people) AS all_people, sum(bijstand) AS in_bijstand, sum(bijstand_4_years) AS four_years
FROM marts.bijstand_by_month
WHERE edition = $1
GROUP BY month
ORDER BY month
