SELECT sum(toInt128(greatest(0, {{.LastMonth}} - first_month + 1)))
FROM {{.Tables}}grid
