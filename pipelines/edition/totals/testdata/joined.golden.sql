SELECT toInt128(count()), sum(toInt128(hours_paid)), sum(toInt128(wage_sv))
FROM work.b7_uwv_employment
