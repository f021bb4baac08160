-- In every dimension the people add up to those aged 18-64 who work according to the facts.
select marts.dimension as dimension, marts.people as people, facts.people as people_in_facts
from (
    select dimension, sum(mart.people) as people
    from {{ ref('work_by_month') }} as mart
    where edition = {{ edition_date() }}
    group by dimension
) as marts
cross join (
    select count() as people
    from {{ source('facts', 'month_status') }}
    where edition = {{ edition_date() }} and working and age between 18 and 64
) as facts
where marts.people != facts.people
