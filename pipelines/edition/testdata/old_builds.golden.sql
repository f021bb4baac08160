SELECT toUInt64(extract(partition, ',(\\d+)\\)$')) AS build, extract(partition, '\\d+-\\d+-\\d+'), sum(rows)
FROM system.parts
WHERE database = 'facts_store' AND active
GROUP BY partition
HAVING build < 8
    AND build NOT IN (SELECT build FROM ops.standing_build)
    AND build NOT IN (SELECT build FROM ops.build FINAL WHERE status = 'open')
ORDER BY build
