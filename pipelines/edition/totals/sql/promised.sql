SELECT toString(record), sum(rows_accepted) FROM ops.delivery_record FINAL
WHERE load_id IN (SELECT load_id FROM {{.Loads}})
GROUP BY record
