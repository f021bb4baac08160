SELECT toInt128(count())
FROM raw.coa_stay
WHERE load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'coa_stay') AND operation = 'V' AND NOT (1)
