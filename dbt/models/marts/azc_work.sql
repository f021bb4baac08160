{{ config(order_by=['population', 'period']) }}

with

people as (
    select
        edition,
        population,
        cohort,
        person_id,
        multiIf(k is null, 'no_permit', k < 0, 'before_permit', 'after_permit') as period,
        max(is_working) as has_worked
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }} and in_azc and is_18_to_64
    group by edition, population, cohort, person_id, period
)

select
    edition,
    population,
    cohort,
    period,
    count() as people,
    countIf(has_worked) as people_worked,
    {{ share('people_worked', 'people') }} as people_worked_share
from people
group by edition, population, cohort, period
