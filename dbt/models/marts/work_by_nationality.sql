{{ config(order_by=['population', 'nationality_group', 'month', 'dimension', 'value']) }}

with

workers as (
    select
        edition,
        month,
        population,
        if(nationality_group = '', 'unknown', nationality_group) as nationality_group,
        arrayJoin([
            ('contract', contract),
            ('sector', if(sector_code = '', 'unknown', sector_code)),
            ('hours_class', {{ hours_class('hours_week') }})
        ]) as breakdown
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }} and is_working and is_18_to_64
),

counted as (
    select edition, month, population, nationality_group, breakdown.1 as dimension, breakdown.2 as value, count() as people
    from workers
    group by edition, month, population, nationality_group, dimension, value
)

select
    edition,
    month,
    population,
    nationality_group,
    dimension,
    value,
    people,
    sum(people) over (partition by month, population, nationality_group, dimension) as working,
    {{ share('people', 'working') }} as people_share
from counted
