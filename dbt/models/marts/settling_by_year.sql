{{ config(order_by=['cohort', 'settled_year']) }}

with

dates as (
    select
        people.edition as edition,
        assumeNotNull(people.cohort) as cohort,
        assumeNotNull(people.permit_on) as permit_on,
        milestones.reached_on as settled_on
    from {{ ref('stg_milestone') }} as milestones
    inner join {{ ref('stg_person') }} as people on milestones.edition = people.edition and milestones.person_id = people.person_id
    where milestones.edition = {{ edition_date() }}
        and milestones.kind = 'settled'
        and milestones.reached_on <= milestones.edition
        and people.cohort is not null
)

select
    edition,
    cohort,
    toYear(settled_on) as settled_year,
    count() as people,
    countIf(settled_on >= addMonths(permit_on, 3)) as waited_3_months,
    {{ share('waited_3_months', 'people') }} as waited_3_months_share
from dates
group by edition, cohort, settled_year
