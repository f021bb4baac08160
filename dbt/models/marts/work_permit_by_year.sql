{{ config(order_by=['population', 'requested_year']) }}

with

dates as (
    select
        milestones.edition as edition,
        people.population as population,
        milestones.person_id as person_id,
        minIf(milestones.reached_on, milestones.kind = 'work_permit_requested') as requested_on,
        countIf(milestones.kind = 'work_permit_granted') > 0 as is_granted,
        minIf(milestones.reached_on, milestones.kind = 'work_permit_granted') as granted_on
    from {{ ref('stg_milestone') }} as milestones
    inner join {{ ref('stg_person') }} as people on milestones.edition = people.edition and milestones.person_id = people.person_id
    where milestones.edition = {{ edition_date() }}
        and milestones.kind in ('work_permit_requested', 'work_permit_granted')
        and milestones.reached_on <= milestones.edition
    group by edition, population, person_id
    having countIf(milestones.kind = 'work_permit_requested') > 0
)

select
    edition,
    population,
    toYear(requested_on) as requested_year,
    count() as people,
    countIf(is_granted) as people_granted,
    {{ share('people_granted', 'people') }} as people_granted_share,
    countIf(is_granted and granted_on < addMonths(requested_on, 3)) as people_granted_3_months,
    {{ share('people_granted_3_months', 'people') }} as people_granted_3_months_share
from dates
group by edition, population, requested_year
