SELECT toInt64(days), sum(toInt128(hours_paid) * n), sum(toInt128(wage_sv) * n)
FROM
(
    SELECT days, hours_paid, wage_sv, greatest(0, to_month - from_month + 1) AS n
    FROM
    (
        {{.Intervals}}
    )
)
GROUP BY days
