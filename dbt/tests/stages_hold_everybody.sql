-- Of every month, population and cohort, the people over the stages are the entrants; over the whole mart they are the rows of the facts.
select month, population, cohort, sum(persons) as people, any(entrants) as entered
from {{ ref('stage_by_month') }}
where edition = {{ edition_date() }}
group by month, population, cohort
having people != entered or min(entrants) != max(entrants)

union all

select toDate(0) as month, 'all' as population, null as cohort, marts.people as people, facts.people as entered
from (select sum(persons) as people from {{ ref('stage_by_month') }} where edition = {{ edition_date() }}) as marts
cross join (select count() as people from {{ source('facts', 'month_status') }} where edition = {{ edition_date() }}) as facts
where marts.people != facts.people
