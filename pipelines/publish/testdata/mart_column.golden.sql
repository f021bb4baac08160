SELECT
    [coalesce(nullIf(toString(`month`), ''), 'unknown'), coalesce(nullIf(toString(`value`), ''), 'unknown'), coalesce(nullIf(toString(`work`), ''), 'unknown')] AS place,
    if(uniqExact(`status`) = 1, toString(any(`status`)), 'mixed') AS known,
    [toInt64(sum(`people`))] AS counts
FROM marts.`people`
WHERE edition = toDate(?)
GROUP BY place
ORDER BY place
