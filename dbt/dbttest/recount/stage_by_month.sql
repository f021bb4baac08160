with entrants as (select month, population, cohort, count(*) as entrants from person_months group by all)
select pm.month, pm.population, pm.cohort, pm.stage, count(*) as persons, count(*) filter (adult) as persons_18_to_64,
    any_value(e.entrants) as entrants, share(count(*), any_value(e.entrants)) as persons_share
from person_months pm join entrants e on e.month = pm.month and e.population = pm.population and e.cohort is not distinct from pm.cohort
group by all
