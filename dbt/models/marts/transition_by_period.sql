{{ config(order_by=['population', 'period', 'period_start', 'from_stage', 'to_stage']) }}

with

paths as (
    select person_id, arraySort(look -> look.1, groupArray((source.month, source.stage))) as by_month
    from {{ ref('stg_month_status') }} as source
    where source.edition = {{ edition_date() }}
    group by person_id
),

-- Stages at the end of each month, and of each quarter that is over.
looks as (
    select
        people.population as population,
        people.cohort as cohort,
        arrayJoin([('month', 1, by_month), ('quarter', 3, arrayFilter(look -> toMonth(look.1) % 3 = 0, by_month))]) as looked
    from paths
    inner join {{ ref('stg_person') }} as people on paths.person_id = people.person_id
    where people.edition = {{ edition_date() }}
),

-- Period, last month of it, stage at the end of the one before, stage at its end. Whose grid began in between has entered.
steps as (
    select
        population,
        cohort,
        looked.1 as period,
        arrayJoin(arrayMap(
            (before, now) -> (now.1, if(before.1 = addMonths(now.1, -looked.2), before.2, 'entered'), now.2),
            arrayPushFront(arrayPopBack(looked.3), (toDate(0), 'entered')), looked.3
        )) as step
    from looks
    where notEmpty(looked.3)
),

counted as (
    select
        population,
        cohort,
        period,
        if(period = 'quarter', toStartOfQuarter(step.1), step.1) as period_start,
        step.2 as from_stage,
        step.3 as to_stage,
        count() as people
    from steps
    group by population, cohort, period, period_start, from_stage, to_stage
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    cohort,
    period,
    period_start,
    from_stage,
    to_stage,
    people,
    sum(people) over of_stage as initial,
    sumIf(people, to_stage != 'left') over of_stage as present,
    if(from_stage = 'entered', null, people / initial) as people_share_initial,
    if(from_stage = 'entered' or to_stage = 'left', null, people / present) as people_share_present,
    if(from_stage = 'entered', 'not_applicable', 'value') as status
from counted
window of_stage as (partition by population, cohort, period, period_start, from_stage)
