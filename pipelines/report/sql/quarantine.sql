SELECT supplier, record, field, rule, entries
FROM marts.quarantine_by_rule
WHERE edition = $1
ORDER BY supplier, record, field, rule
