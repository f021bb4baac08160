SELECT cohort, k, value, is_complete, initial, working_share_initial
FROM marts.cohort_by_k
WHERE edition = $1 AND dimension = 'nationality_group'
ORDER BY cohort, k, value
