SELECT arraySlice(groupArray(name), 1, 10), count()
FROM
(
    SELECT concat(supplier, '/', delivery_id) AS name FROM ops.delivery FINAL
    WHERE status = 'accepted' ORDER BY decided_at DESC, name
)
