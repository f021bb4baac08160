SELECT toInt128(countIf(working)), toInt128(countIf(bijstand)),
    sum(toInt128(toDecimal64(hours_week, 2) * 100)), sum(toInt128(wage_sv_cents))
FROM {{.Months}}
