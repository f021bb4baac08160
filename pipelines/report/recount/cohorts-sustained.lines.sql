select cohort::varchar as name, k::double as x, sustained_6_share_initial as y from whole_cohorts where sustained_6_open = 0 and sustained_6_share_initial is not null order by cohort, k
