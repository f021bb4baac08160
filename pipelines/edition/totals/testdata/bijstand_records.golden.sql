SELECT person, greatest(toInt32(toRelativeMonthNum(addDays(toDate32('1970-01-01'), start - 25568))), first_month) AS from_month,
    if(`end` = 0, 24318, least(toInt32(toRelativeMonthNum(addDays(toDate32('1970-01-01'), `end` + 1 - 25568))) - 1, 24318)) AS to_month
FROM work.b7_municipality_bijstand AS e INNER JOIN work.b7_grid AS g USING person
WHERE regulation IN (-1, 1)
