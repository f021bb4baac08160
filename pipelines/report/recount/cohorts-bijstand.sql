-- marts.cohort_by_k
with known as (select * from whole_cohorts semi join shown_months using (k) where true)
select cohort::varchar as "col.cohort",
    (select any_value(initial) from whole_cohorts w where w.cohort = c.cohort and k = 0) as "col.initial", arg_max(initial, k) as "col.initial_last",
    any_value(bijstand_share_initial) filter (k = 0) as "0",
    any_value(bijstand_share_initial) filter (k = 6) as "6",
    any_value(bijstand_share_initial) filter (k = 12) as "12",
    any_value(bijstand_share_initial) filter (k = 18) as "18",
    any_value(bijstand_share_initial) filter (k = 24) as "24",
    any_value(bijstand_share_initial) filter (k = 30) as "30",
    any_value(bijstand_share_initial) filter (k = 36) as "36",
    any_value(bijstand_share_initial) filter (k = 48) as "48",
    any_value(bijstand_share_initial) filter (k = 60) as "60",
    any_value(bijstand_share_initial) filter (k = 72) as "72",
    any_value(bijstand_share_initial) filter (k = 84) as "84",
    any_value(bijstand_share_initial) filter (k = 96) as "96",
    any_value(bijstand_share_initial) filter (k = 108) as "108",
    any_value(bijstand_share_initial) filter (k = 120) as "120"
from cohorts c left join known using (cohort) group by cohort order by cohort
