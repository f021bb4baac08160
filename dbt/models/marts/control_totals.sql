{{ config(order_by=['step', 'place', 'measure']) }}

-- Up to the facts the totals are those that the facts step took. From there on they are taken here: of the facts as they
-- were built against those that stand, and of the facts against the marts. What a rule leaves out is counted by itself.
{%- set nothing = "cast(map(), 'Map(String, Int128)')" %}

with

taken as (
    select * from {{ ref('stg_control_total') }} where edition = {{ edition_date() }}
),

-- By "table: measure".
standing as (
    select cast(groupArray((concat(place, ': ', measure), total)), 'Map(String, Int128)') as totals
    from {{ ref('stg_fact_total') }}
    where edition = {{ edition_date() }}
),

months as (
    select
        toInt128(count()) as rows_of_it,
        sum(toInt128(toDecimal64(hours_week, 2) * 100)) as hours,
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
    select groupArray((dimension, people)) as dimensions
    from (
        select dimension, toInt128(sum(mart.people)) as people
        from {{ ref('work_by_month') }} as mart
        where edition = {{ edition_date() }}
        group by dimension
        order by dimension
    )
),

of_records as (
    select record, toInt128(sum(mart.records)) as records
    from {{ ref('linkage') }} as mart
    where edition = {{ edition_date() }}
    group by record
),

-- Place, measure, total of the facts, what the mart is not about, total of the mart.
in_marts as (
    select arrayJoin(arrayConcat(
        [
            ('int_person_month', 'rows', totals['month_status: rows'], {{ nothing }}, months.rows_of_it),
            ('int_person_month', 'hours a week, hundredths', totals['month_status: hours a week, hundredths'], {{ nothing }}, months.hours),
            ('editions', 'persons', totals['person: rows'], {{ nothing }}, (select toInt128(sum(persons)) from {{ ref('editions') }} where edition = {{ edition_date() }})),
            ('person_linkage', 'persons', totals['person: rows'], {{ nothing }}, (select toInt128(sum(persons)) from {{ ref('person_linkage') }} where edition = {{ edition_date() }})),
            ('stage_by_month', 'months', totals['month_status: rows'], {{ nothing }}, (select toInt128(sum(persons)) from {{ ref('stage_by_month') }} where edition = {{ edition_date() }})),
            (
                'bijstand_by_month', 'months in bijstand', totals['month_status: months in bijstand'],
                map('before the permit, or without', months.bijstand_before_permit, 'left', months.bijstand_left, 'other age', months.bijstand_other_age),
                (select toInt128(sum(bijstand)) from {{ ref('bijstand_by_month') }} where edition = {{ edition_date() }})
            ),
            (
                'milestone_by_cohort', 'milestones', totals['milestone: rows'],
                map('after the cut-off', milestones.later, 'of other populations', milestones.of_others),
                (select toInt128(sum(people_reached)) from {{ ref('milestone_by_cohort') }} where edition = {{ edition_date() }})
            ),
            (
                'bijstand_exit', 'spells', totals['bijstand_spell: rows'], map('going on at the cut-off', spells.going_on),
                (select toInt128(sum(spells_ended)) from {{ ref('bijstand_exit') }} where edition = {{ edition_date() }})
            )
        ],
        arrayMap(
            one -> (concat('work_by_month, ', one.1), 'months working', totals['month_status: months working'], map('other age', months.working_other_age), one.2),
            in_work.dimensions
        )
    )) as line
    from standing cross join months cross join milestones cross join spells cross join in_work
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
        standing.totals[concat(built.place, ': ', built.measure)] as total_to,
        toInt128(0) as allowance
    from taken as built cross join standing
    where built.step = 'facts as built'

    union all

    select
        'records to marts' as step,
        held.place as place,
        'rows' as measure,
        held.total_to as total_from,
        {{ nothing }} as removed,
        of_records.records as total_to,
        toInt128(0) as allowance
    from taken as held
    left join of_records on held.place = of_records.record
    where held.step = 'effective to persons' and held.measure = 'rows'

    union all

    select
        'facts to marts' as step,
        line.1 as place,
        line.2 as measure,
        line.3 as total_from,
        line.4 as removed,
        line.5 as total_to,
        toInt128(0) as allowance
    from in_marts
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
