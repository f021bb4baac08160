SELECT supplier, delivery_id, record, file, row, field, rule
FROM ops.quarantine WHERE {{template "still_open"}}
ORDER BY supplier, delivery_id, record, file, row, field
