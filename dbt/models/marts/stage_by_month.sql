{{ config(order_by=['population', 'month', 'stage']) }}

with

counted as (
    select
        edition,
        month,
        population,
        cohort,
        stage,
        count() as persons,
        countIf(is_18_to_64) as persons_18_to_64
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }}
    group by edition, month, population, cohort, stage
),

-- Counted from each person's first month, so not from the stages: a person who drops out of the stages later is missed here.
first_months as (
    select person_id, min(month) as first_month
    from {{ ref('stg_month_status') }}
    where edition = {{ edition_date() }}
    group by person_id
),

arrivals as (
    select people.population as population, people.cohort as cohort, first_months.first_month as first_month, count() as arrived
    from first_months
    inner join {{ ref('stg_person') }} as people on first_months.person_id = people.person_id
    where people.edition = {{ edition_date() }}
    group by population, cohort, first_month
),

entered as (
    select
        population,
        cohort,
        first_month,
        sum(arrived) over (partition by population, cohort order by first_month) as entrants
    from arrivals
)

select
    counted.edition as edition,
    counted.month as month,
    counted.population as population,
    counted.cohort as cohort,
    counted.stage as stage,
    counted.persons as persons,
    counted.persons_18_to_64 as persons_18_to_64,
    ifNull(entered.entrants, 0) as entrants,
    {{ share('persons', 'entrants') }} as persons_share
from counted
asof left join entered
    on counted.population = entered.population
        and ifNull(counted.cohort, 0) = ifNull(entered.cohort, 0)
        and counted.month >= entered.first_month
