SELECT place, value, denominator, status
FROM publication_store.cell
WHERE release = ? AND attempt = ? AND entry = ?
ORDER BY position
