with member as (
    select p.person_id, population, cohort, x.dimension, x.value from people p, lateral (
        select unnest(['total', 'sex', 'nationality_group', 'law']) as dimension, unnest(['total', sex, nationality_group, law_named]) as value
    ) x
    where population in ('asylum', 'displaced', 'in_procedure')
),
sizes as (select population, cohort, dimension, value, count(*) as people from member group by all),
months as (
    select population, cohort, dimension, value, kind, date_trunc('month', date)::date as month, count(*) as people_reached
    from member join reached using (person_id) group by all
)
select m.*, s.people, sum(people_reached) over (partition by m.population, m.cohort, m.dimension, m.value, m.kind order by m.month) as people_reached_so_far
from months m join sizes s on s.population = m.population and s.cohort is not distinct from m.cohort and s.dimension = m.dimension and s.value = m.value
