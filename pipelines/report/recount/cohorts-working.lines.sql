select cohort::varchar as name, k::double as x, working_share_initial as y from whole_cohorts where true and working_share_initial is not null order by cohort, k
