SELECT check_kind, check_name, people, affected
FROM marts.data_quality
WHERE edition = $1 AND affected > 0
ORDER BY check_kind, check_name
