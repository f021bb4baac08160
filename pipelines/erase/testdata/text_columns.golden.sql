SELECT database || '.' || table, name, type
FROM system.columns
WHERE (database, table) IN (SELECT database, name FROM system.tables WHERE (database = 'system' AND engine LIKE '%MergeTree' AND match(name, '_log(_[0-9]+)?$')) AND ifNull(total_rows, 1) > 0)
    AND position(type, 'String') > 0 AND default_kind NOT IN ('ALIAS', 'EPHEMERAL')
ORDER BY database, table, position
