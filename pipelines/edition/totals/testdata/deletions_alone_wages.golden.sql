SELECT toInt128(count()), sum(toInt128(hours_paid)), sum(toInt128(wage_sv))
FROM raw.uwv_employment
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment') AND operation = 'V' AND NOT ((record_key IN (SELECT value FROM work.b7_uwv_employment_record_key) OR period_key IN (SELECT value FROM work.b7_uwv_employment_period_key)))
