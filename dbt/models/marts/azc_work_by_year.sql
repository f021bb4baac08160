{{ config(order_by=['population', 'until_year']) }}

-- Of everybody who lived in an azc up to the end of a year: who had worked there by then, before the permit and after it.
with

days as (
    select
        edition,
        person_id,
        population,
        cohort,
        sex,
        toYear(month) as year,
        max(is_working and ifNull(k < 0, true)) as worked_before,
        max(is_working and ifNull(k >= 0, false)) as worked_after
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }} and in_azc and is_18_to_64
    group by edition, person_id, population, cohort, sex, year
),

grid as (
    select toYear(grid_end) as last_year from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

people as (
    select
        edition,
        person_id,
        population,
        cohort,
        sex,
        min(year) as first_year,
        minIf(year, worked_before) as before_year,
        minIf(year, worked_after) as after_year,
        max(worked_before) as has_worked_before,
        max(worked_after) as has_worked_after
    from days
    group by edition, person_id, population, cohort, sex
),

person_years as (
    select
        people.*,
        arrayJoin(range(toUInt32(first_year), toUInt32(grid.last_year) + 1)) as until_year
    from people
    cross join grid
)

select
    edition,
    population,
    cohort,
    if(sex = '', 'unknown', sex) as sex,
    toUInt16(until_year) as until_year,
    count() as people,
    countIf(has_worked_before and before_year <= until_year) as people_worked_before,
    countIf(has_worked_after and after_year <= until_year) as people_worked_after,
    {{ share('people_worked_before', 'people') }} as people_worked_before_share,
    {{ share('people_worked_after', 'people') }} as people_worked_after_share
from person_years
group by edition, population, cohort, sex, until_year
