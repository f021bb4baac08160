{{ config(order_by=['population', 'month', 'dimension', 'value']) }}

with

workers as (
    select
        edition,
        month,
        population,
        cohort,
        arrayJoin([
            ('contract', contract),
            ('sector', if(sector_code = '', 'unknown', sector_code)),
            ('hours_class', multiIf(
                hours_week < 12, '<12', hours_week < 20, '12-20', hours_week < 25, '20-25',
                hours_week < 30, '25-30', hours_week < 35, '30-35', '35+'
            ))
        ]) as breakdown
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }} and is_working and is_18_to_64
),

counted as (
    select
        edition,
        month,
        population,
        cohort,
        breakdown.1 as dimension,
        breakdown.2 as value,
        count() as people
    from workers
    group by edition, month, population, cohort, dimension, value
)

select
    edition,
    month,
    population,
    cohort,
    dimension,
    value,
    people,
    sum(people) over (partition by month, population, cohort, dimension) as working,
    {{ share('people', 'working') }} as people_share
from counted
