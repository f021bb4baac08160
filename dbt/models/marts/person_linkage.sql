{{ config(order_by=['population', 'linkage']) }}

with

counted as (
    select edition, population, cohort, linkage, count() as persons
    from {{ ref('stg_person') }}
    where edition = {{ edition_date() }}
    group by edition, population, cohort, linkage
)

select
    edition,
    population,
    cohort,
    linkage,
    persons,
    sum(persons) over (partition by population, cohort) as group_persons,
    {{ share('persons', 'group_persons') }} as persons_share
from counted
