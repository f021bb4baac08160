SELECT database || '.' || table, name, type
FROM system.columns
WHERE (database, table) IN (SELECT database, name FROM system.tables WHERE ({{.Tables}}) AND ifNull(total_rows, 1) > 0)
    AND position(type, 'String') > 0 AND default_kind NOT IN ('ALIAS', 'EPHEMERAL')
ORDER BY database, table, position
