SELECT toInt128(count()), toInt128(countIf(working)), toInt128(countIf(bijstand)),
    sum(toInt128(toDecimal64(hours_week, 2) * 100)), sum(toInt128(wage_sv_cents)),
    toInt128(countIf(hours_week = toDecimal32('9999999.99', 2)))
FROM (SELECT * FROM facts_store.month_status WHERE edition = toDate('2026-06-30') AND build = 7)
WHERE toRelativeMonthNum(month) >= 23807
