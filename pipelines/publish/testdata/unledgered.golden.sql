SELECT arraySort(groupArray(release))
FROM publication_store.release
WHERE (release, attempt) NOT IN (SELECT release, attempt FROM ops.release)
