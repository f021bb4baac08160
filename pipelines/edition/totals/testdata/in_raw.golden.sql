SELECT toInt128(count()), sum(toInt128(hours_paid)), sum(toInt128(wage_sv)),
    toInt128(countIf(NOT (load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment')))), sumIf(toInt128(hours_paid), NOT (load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment'))), sumIf(toInt128(wage_sv), NOT (load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'uwv_employment')))
FROM raw.uwv_employment
WHERE load_id IN (SELECT load_id FROM work.b7_load)
