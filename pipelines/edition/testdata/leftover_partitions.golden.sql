SELECT DISTINCT 'facts_store.' || table, partition_id FROM system.parts
WHERE database = 'facts_store' AND active
    AND partition NOT IN (SELECT toString(tuple(toString(edition), build)) FROM ops.standing_build)
    AND NOT endsWith(partition, ',6)')
