{{- /* Entries of the catalogue as a release had them; arguments: release, attempt. */ -}}
SELECT entry
FROM publication_store.indicator
WHERE release = ? AND attempt = ?
ORDER BY importance, name
