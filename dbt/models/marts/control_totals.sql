{{ config(order_by=['step', 'place', 'measure']) }}

-- Up to the facts the totals are those that the facts step took. From there on they are taken here: of the facts as they
-- were built against those that stand, and of the facts against the marts. What a rule leaves out is counted by itself.
{%- set nothing = "cast(map(), 'Map(String, Int128)')" %}

with

taken as (
    select * from {{ ref('stg_control_total') }} where edition = {{ edition_date() }}
),

standing as (
    select place, measure, total from {{ ref('stg_fact_total') }} where edition = {{ edition_date() }}
),

months as (
    select
        toInt128(count()) as rows_of_it,
        sum(toInt128(hours_week * 100)) as hours,
        toInt128(countIf(is_working)) as working,
        toInt128(countIf(is_working and not is_18_to_64)) as working_other_age,
        toInt128(countIf(in_bijstand)) as bijstand,
        toInt128(countIf(in_bijstand and not is_after_permit)) as bijstand_before_permit,
        toInt128(countIf(in_bijstand and is_after_permit and not is_present)) as bijstand_left,
        toInt128(countIf(in_bijstand and is_after_permit and is_present and not is_18_to_64)) as bijstand_other_age
    from (
        select *, population = 'asylum' and ifNull(k >= 0, false) as is_after_permit
        from {{ ref('int_person_month') }}
        where edition = {{ edition_date() }}
    )
),

milestones as (
    select
        toInt128(count()) as rows_of_it,
        toInt128(countIf(reached.reached_on > reached.edition)) as later,
        toInt128(countIf(reached.reached_on <= reached.edition and people.population not in ('asylum', 'displaced'))) as of_others
    from {{ ref('stg_milestone') }} as reached
    inner join {{ ref('stg_person') }} as people on reached.edition = people.edition and reached.person_id = people.person_id
    where reached.edition = {{ edition_date() }}
),

spells as (
    select
        toInt128(count()) as rows_of_it,
        toInt128(countIf(not ifNull(ended_on <= edition, false))) as going_on
    from {{ ref('stg_bijstand_spell') }}
    where edition = {{ edition_date() }}
),

in_work as (
    select dimension, toInt128(sum(mart.people)) as people
    from {{ ref('work_by_month') }} as mart
    where edition = {{ edition_date() }}
    group by dimension
),

of_records as (
    select record, toInt128(sum(mart.records)) as records
    from {{ ref('linkage') }} as mart
    where edition = {{ edition_date() }}
    group by record
),

steps as (
    select step, place, measure, total_from, removed, total_to, allowance from taken where step != 'facts as built'

    union all

    select
        'facts as built to facts' as step,
        built.place as place,
        built.measure as measure,
        built.total_to as total_from,
        {{ nothing }} as removed,
        standing.total as total_to,
        toInt128(0) as allowance
    from taken as built
    left join standing on built.place = standing.place and built.measure = standing.measure
    where built.step = 'facts as built'

    union all

    select 'records to marts', held.place, 'rows', held.total_to, {{ nothing }}, of_records.records, toInt128(0)
    from taken as held
    left join of_records on held.place = of_records.record
    where held.step = 'effective to persons' and held.measure = 'rows'

    union all

    select 'facts to marts', 'int_person_month', 'rows', total, {{ nothing }}, toInt128(months.rows_of_it), toInt128(0)
    from standing cross join months
    where place = 'month_status' and measure = 'rows'

    union all

    select 'facts to marts', 'int_person_month', measure, total, {{ nothing }}, months.hours, toInt128(0)
    from standing cross join months
    where place = 'month_status' and measure = 'hours a week, hundredths'

    union all

    select 'facts to marts', 'editions', 'persons', total, {{ nothing }}, (select toInt128(sum(persons)) from {{ ref('editions') }} where edition = {{ edition_date() }}), toInt128(0)
    from standing
    where place = 'person' and measure = 'rows'

    union all

    select 'facts to marts', 'person_linkage', 'persons', total, {{ nothing }}, (select toInt128(sum(persons)) from {{ ref('person_linkage') }} where edition = {{ edition_date() }}), toInt128(0)
    from standing
    where place = 'person' and measure = 'rows'

    union all

    select 'facts to marts', 'stage_by_month', 'months', total, {{ nothing }}, (select toInt128(sum(persons)) from {{ ref('stage_by_month') }} where edition = {{ edition_date() }}), toInt128(0)
    from standing
    where place = 'month_status' and measure = 'rows'

    union all

    select 'facts to marts', concat('work_by_month, ', in_work.dimension), 'months working', total, map('other age', months.working_other_age), in_work.people, toInt128(0)
    from standing cross join months cross join in_work
    where place = 'month_status' and measure = 'months working'

    union all

    select 'facts to marts', 'bijstand_by_month', 'months in bijstand', total,
        map('before the permit, or without', months.bijstand_before_permit, 'left', months.bijstand_left, 'other age', months.bijstand_other_age),
        (select toInt128(sum(bijstand)) from {{ ref('bijstand_by_month') }} where edition = {{ edition_date() }}), toInt128(0)
    from standing cross join months
    where place = 'month_status' and measure = 'months in bijstand'

    union all

    select 'facts to marts', 'milestone_by_cohort', 'milestones', total,
        map('after the cut-off', milestones.later, 'of other populations', milestones.of_others),
        (select toInt128(sum(people_reached)) from {{ ref('milestone_by_cohort') }} where edition = {{ edition_date() }}), toInt128(0)
    from standing cross join milestones
    where place = 'milestone' and measure = 'rows'

    union all

    select 'facts to marts', 'bijstand_exit', 'spells', total, map('going on at the cut-off', spells.going_on),
        (select toInt128(sum(spells_ended)) from {{ ref('bijstand_exit') }} where edition = {{ edition_date() }}), toInt128(0)
    from standing cross join spells
    where place = 'bijstand_spell' and measure = 'rows'
),

-- What is not there at all adds up to nothing.
numbers as (
    select step, place, measure, total_from, removed, cast(ifNull(steps.total_to, 0), 'Int128') as arrived, allowance
    from steps
)

select
    {{ edition_date() }} as edition,
    step,
    place,
    measure,
    total_from,
    removed,
    arrived as total_to,
    allowance,
    total_from - arraySum(mapValues(removed)) - arrived as difference,
    cast(abs(difference) <= allowance, 'Bool') as agrees
from numbers
