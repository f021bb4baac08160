SELECT supplier, delivery_id, record, rule, field, count() AS entries,
    arrayStringConcat(arrayMap(p -> concat(p.1, ':', toString(p.2)), groupArraySorted(5)((file, row))), ' ') AS first_rows
FROM ops.quarantine WHERE {{template "still_open"}}
GROUP BY supplier, delivery_id, record, rule, field
ORDER BY supplier, delivery_id, entries DESC, record, rule, field
