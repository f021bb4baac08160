SELECT
    [coalesce(nullIf(toString(`month`), ''), 'unknown'), coalesce(nullIf(toString(`value`), ''), 'unknown')] AS place,
    multiIf(countIf(`is_known`) = count(), 'value', countIf(`is_known`) = 0, 'not_yet', 'mixed') AS known,
    [toInt64(sum(`people`)), toInt64(sum(`long`)), toInt64(sum(`working`)) - toInt64(sum(`long`))] AS counts
FROM marts.`people`
WHERE edition = toDate(?)
    AND has(?, toString(toMonth(`month`)))
    AND has(?, toString(`kind`))
GROUP BY place
ORDER BY place
