SELECT toInt128(count()),
    toInt128(countIf(NOT (load_id IN (SELECT load_id FROM work.b7_scope WHERE record = 'municipality_residence') AND (load_id, CAST(municipality_code, 'Int16')) IN (SELECT load_id, municipality FROM work.b7_scope WHERE record = 'municipality_residence'))))
FROM raw.municipality_residence FINAL
WHERE load_id IN (SELECT load_id FROM work.b7_load)
