SELECT entry
FROM publication_store.indicator
WHERE release = ? AND attempt = ?
ORDER BY importance, name
