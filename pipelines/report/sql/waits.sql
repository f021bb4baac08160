SELECT from_kind, to_kind, cohort, people, people_before, people_waited, people_left, people_waiting, waits_3_months_share,
    at_risk_3_months, days_p25, days_median, days_p75, at_risk_median
FROM marts.waiting_time
WHERE edition = $1
ORDER BY from_kind, to_kind, cohort
