{{ config(order_by=['cohort', 'k', 'dimension', 'value']) }}

with

workers as (
    select
        source.edition as edition,
        assumeNotNull(source.cohort) as cohort,
        assumeNotNull(source.k) as k,
        arrayJoin([
            ('contract', contract),
            ('sector', if(sector_code = '', 'unknown', sector_code)),
            ('hours_class', {{ hours_class('hours_week') }})
        ]) as breakdown
    from {{ ref('int_person_month') }} as source
    -- Named in full: of two things with one name ClickHouse takes the alias, and of an alias nothing is null.
    where source.edition = {{ edition_date() }} and source.cohort is not null and source.k >= 0 and is_working and is_18_to_64
),

counted as (
    select edition, cohort, k, breakdown.1 as dimension, breakdown.2 as value, count() as people
    from workers
    group by edition, cohort, k, dimension, value
)

select
    edition,
    cohort,
    k,
    dimension,
    value,
    people,
    sum(people) over (partition by cohort, k, dimension) as working,
    {{ share('people', 'working') }} as people_share
from counted
