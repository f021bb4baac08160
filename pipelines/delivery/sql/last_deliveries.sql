SELECT arraySlice(groupArray(name), 1, {{.Named}}), count()
FROM
(
    SELECT concat(supplier, '/', delivery_id) AS name FROM ops.delivery FINAL
    WHERE {{.That}} ORDER BY decided_at DESC, name
)
