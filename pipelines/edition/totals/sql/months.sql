SELECT toInt128(count()), toInt128(countIf(working)), toInt128(countIf(bijstand)),
    sum(toInt128(toDecimal64(hours_week, 2) * 100)), sum(toInt128(wage_sv_cents)),
    toInt128(countIf(hours_week = toDecimal32('9999999.99', 2)))
FROM {{.Months}}
WHERE toRelativeMonthNum(month) >= {{.FirstLaid}}
