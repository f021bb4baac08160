SELECT cohort, k, is_complete, initial, present, working_share_initial, working_share_present, bijstand_share_initial,
    sustained_6_share_initial, sustained_6_open
FROM marts.cohort_by_k
WHERE edition = $1 AND dimension = 'total' AND initial > 0
ORDER BY cohort, k
