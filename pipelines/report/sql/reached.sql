SELECT assumeNotNull(m.cohort) AS cohort, kind, people_eligible, people_eligible_reached_share
FROM marts.milestone_by_cohort AS m
WHERE edition = $1 AND m.cohort IS NOT NULL
ORDER BY cohort, kind
