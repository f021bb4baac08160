SELECT sum(toInt128(greatest(0, 24318 - first_month + 1)))
FROM work.b7_grid
