{{ config(order_by=['population', 'kind']) }}

with

people as (
    select
        edition,
        person_id,
        population,
        cohort,
        coalesce(permit_on, protection_on) as started_on,
        ifNull(toYear(started_on) - birth_year between 18 and 64, false) as is_18_to_64,
        law = 'Wi2021' as is_wi2021
    from {{ ref('stg_person') }}
    where edition = {{ edition_date() }} and population in ('asylum', 'displaced')
),

groups as (
    select
        edition,
        population,
        cohort,
        arrayJoin({{ milestone_kinds() }}) as kind,
        count() as people,
        countIf({{ milestone_applies('kind') }}) as people_eligible
    from people
    group by edition, population, cohort, kind
),

-- A date after the cut-off is a plan, not yet a milestone that was reached.
reached as (
    select
        people.population as population,
        people.cohort as cohort,
        milestones.kind as kind,
        count() as people_reached,
        countIf({{ milestone_applies('kind') }}) as people_eligible_reached
    from {{ ref('stg_milestone') }} as milestones
    inner join people on milestones.edition = people.edition and milestones.person_id = people.person_id
    where milestones.edition = {{ edition_date() }} and milestones.reached_on <= milestones.edition
    group by population, cohort, kind
)

select
    groups.edition as edition,
    groups.population as population,
    groups.cohort as cohort,
    groups.kind as kind,
    groups.people as people,
    ifNull(reached.people_reached, 0) as people_reached,
    {{ share('people_reached', 'people') }} as people_reached_share,
    groups.people_eligible as people_eligible,
    ifNull(reached.people_eligible_reached, 0) as people_eligible_reached,
    {{ share('people_eligible_reached', 'people_eligible') }} as people_eligible_reached_share
from groups
left join reached
    on groups.population = reached.population
        and ifNull(groups.cohort, 0) = ifNull(reached.cohort, 0)
        and groups.kind = reached.kind
