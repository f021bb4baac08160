SELECT supplier, countIf(outcome = 'accepted') AS accepted, countIf(outcome = 'refused') AS refused, countIf(outcome = 'held') AS held,
    sumIf(rows_in_files, outcome = 'accepted') AS in_files, sum(rows_accepted) AS accepted_rows,
    sumIf(rows_quarantined, outcome = 'accepted') AS quarantined,
    toNullable(toDate(maxIf(drawn_on, outcome = 'accepted'))) AS last_drawn
FROM marts.deliveries
WHERE edition = $1
GROUP BY supplier
ORDER BY supplier
