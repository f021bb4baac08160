with entered as (select person_id, population, cohort, min(month) as first_month from person_months group by all),
counted as (
    select month, population, cohort, stage, count(*) as persons, count(*) filter (adult) as persons_18_to_64 from person_months group by all
),
entrants as (
    select month, population, cohort,
        (select count(*) from entered e where e.population = m.population and e.cohort is not distinct from m.cohort and e.first_month <= m.month) as entrants
    from (select distinct month, population, cohort from counted) m
)
select c.*, e.entrants, share(c.persons, e.entrants) as persons_share
from counted c join entrants e on e.month = c.month and e.population = c.population and e.cohort is not distinct from c.cohort
