select *, share(people, working) as people_share
from (
    select month, population, nationality_group, dimension, value, count(*) as people,
        sum(count(*)) over (partition by month, population, nationality_group, dimension) as working
    from work_of_adults group by month, population, nationality_group, dimension, value
)
