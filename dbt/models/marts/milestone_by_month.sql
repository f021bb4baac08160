{{ config(order_by=['population', 'kind', 'dimension', 'value', 'month']) }}

with

people as (
    select
        edition,
        person_id,
        population,
        cohort,
        arrayJoin([
            ('total', 'total'),
            ('sex', if(sex = '', 'unknown', sex)),
            ('nationality_group', if(nationality_group = '', 'unknown', nationality_group)),
            ('law', if(law = '', 'unknown', law))
        ]) as breakdown
    from {{ ref('stg_person') }}
    where edition = {{ edition_date() }} and population in ('asylum', 'displaced', 'in_procedure')
),

groups as (
    select population, cohort, breakdown, count() as people
    from people
    group by population, cohort, breakdown
),

-- A date after the cut-off is a plan, not yet a milestone that was reached.
reached as (
    select
        people.edition as edition,
        people.population as population,
        people.cohort as cohort,
        people.breakdown as breakdown,
        milestones.kind as kind,
        toStartOfMonth(milestones.reached_on) as month,
        count() as people_reached
    from {{ ref('stg_milestone') }} as milestones
    inner join people on milestones.edition = people.edition and milestones.person_id = people.person_id
    where milestones.edition = {{ edition_date() }} and milestones.reached_on <= milestones.edition
    group by edition, population, cohort, breakdown, kind, month
)

select
    reached.edition as edition,
    reached.population as population,
    reached.cohort as cohort,
    reached.breakdown.1 as dimension,
    reached.breakdown.2 as value,
    reached.kind as kind,
    reached.month as month,
    groups.people as people,
    reached.people_reached as people_reached,
    sum(reached.people_reached) over (
        partition by reached.population, reached.cohort, reached.breakdown, reached.kind order by reached.month
    ) as people_reached_so_far
from reached
inner join groups
    on reached.population = groups.population
        and ifNull(reached.cohort, 0) = ifNull(groups.cohort, 0)
        and reached.breakdown = groups.breakdown
