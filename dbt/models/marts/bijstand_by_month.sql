{{ config(order_by=['month']) }}

with

people as (
    select edition, month, reference_day, population, cohort, person_id, in_bijstand
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }} and population = 'asylum' and k >= 0 and is_18_to_64 and is_present
),

spells as (
    select person_id, started_on from {{ ref('stg_bijstand_spell') }} where edition = {{ edition_date() }}
),

-- Spells of a person do not overlap, so the last one that started is the one that covers a reference day in bijstand.
recipients as (
    select
        people.edition as edition,
        people.month as month,
        people.cohort as cohort,
        ifNull(spells.started_on <= addMonths(people.reference_day, -48), false) as is_4_years
    from people
    asof left join spells on people.person_id = spells.person_id and people.reference_day >= spells.started_on
    where people.in_bijstand
),

counted as (
    select edition, month, cohort, count() as people, countIf(in_bijstand) as bijstand
    from people
    group by edition, month, cohort
),

long_spells as (
    select month, cohort, countIf(is_4_years) as bijstand_4_years
    from recipients
    group by month, cohort
)

select
    counted.edition as edition,
    counted.month as month,
    assumeNotNull(counted.cohort) as cohort,
    counted.people as people,
    counted.bijstand as bijstand,
    {{ share('bijstand', 'people') }} as bijstand_share,
    ifNull(long_spells.bijstand_4_years, 0) as bijstand_4_years,
    {{ share('bijstand_4_years', 'bijstand') }} as bijstand_4_years_share
from counted
left join long_spells on counted.month = long_spells.month and counted.cohort = long_spells.cohort
