select cohort::varchar as name, k::double as x, bijstand_share_initial as y from whole_cohorts where true and bijstand_share_initial is not null order by cohort, k
