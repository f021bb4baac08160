-- marts.cohort_by_k
select * exclude (groep, place) from beside where groep <> 'totaal' order by place
