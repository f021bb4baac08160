-- marts.cohort_by_k, azc_work_by_year, settling_by_year, bijstand_by_month, bijstand_exit
select * exclude (groep, place) from beside where groep = 'totaal' order by place
