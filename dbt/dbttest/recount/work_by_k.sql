select *, share(people, working) as people_share
from (
    select cohort, k, dimension, value, count(*) as people, sum(count(*)) over (partition by cohort, k, dimension) as working
    from work_of_adults where population = 'asylum' and k >= 0 group by cohort, k, dimension, value
)
