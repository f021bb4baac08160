select *, share(persons, group_persons) as persons_share
from (
    select population, cohort, linkage, count(*) as persons, sum(count(*)) over (partition by population, cohort) as group_persons
    from people group by population, cohort, linkage
)
