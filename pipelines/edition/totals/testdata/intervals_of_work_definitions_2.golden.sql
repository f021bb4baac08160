SELECT person, greatest(toInt32(toRelativeMonthNum(addDays(toDate32('1970-01-01'), day - 25568))), first_month) AS from_month, least(toInt32(toRelativeMonthNum(addDays(toDate32('1970-01-01'), last_day + 1 - 25568))) - 1, 24318) AS to_month,
    last_day - day + 1 AS days, hours_paid, wage_sv
FROM
(
    SELECT person, greatest(period_start, ikv_start) AS day,
        if(ikv_end = 0, period_start + period_days, least(ikv_end, period_start + period_days)) AS last_day,
        period_days, hours_paid, wage_sv
    FROM work.b7_uwv_employment WHERE srt_iv IN (-1, 12, 13, 14, 15, 16, 18) AND hours_paid > 0 AND day <= last_day
) AS e INNER JOIN work.b7_grid AS g USING person
