{{- /* The rows of one table of a release; arguments: release, attempt, entry. */ -}}
SELECT place, value, denominator, status
FROM publication_store.cell
WHERE release = ? AND attempt = ? AND entry = ?
ORDER BY position
