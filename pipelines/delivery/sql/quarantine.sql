SELECT supplier, delivery_id, record, file, row, field, rule
FROM ops.quarantine ORDER BY supplier, delivery_id, record, file, row, field
