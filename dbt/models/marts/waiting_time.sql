{{ config(order_by=['from_kind', 'to_kind', 'cohort']) }}

with

people as (
    select source.edition as edition, source.person_id as person_id, assumeNotNull(source.cohort) as cohort, source.exit_on as exit_on
    from {{ ref('stg_person') }} as source
    where source.edition = {{ edition_date() }} and source.cohort is not null
),

reached as (
    select
        person_id,
        cast((groupArray(kind), groupArray(reached_on)), 'Map(String, Date)') as dates
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }}
        and reached_on <= edition
        and kind in ('application', 'permit', 'settled', 'brp_registered', 'first_job')
    group by person_id
),

pairs as (
    select
        people.edition as edition,
        people.cohort as cohort,
        people.exit_on as exit_on,
        arrayJoin([
            ('application', 'permit'), ('permit', 'settled'), ('permit', 'brp_registered'), ('settled', 'first_job')
        ]) as pair,
        if(mapContains(reached.dates, pair.1), toNullable(reached.dates[pair.1]), null) as from_on,
        if(mapContains(reached.dates, pair.2), toNullable(reached.dates[pair.2]), null) as to_on
    from people
    inner join reached on people.person_id = reached.person_id
),

waits as (
    select
        *,
        ifNull(to_on < from_on, false) as is_before,
        ifNull(to_on >= from_on, false) as is_waited,
        to_on is null and ifNull(exit_on >= edition, true) as is_waiting,
        addMonths(assumeNotNull(from_on), 3) as three_months_on
    from pairs
    where from_on is not null
),

counted as (
    select
        edition,
        cohort,
        pair.1 as from_kind,
        pair.2 as to_kind,
        count() as people,
        countIf(is_before) as people_before,
        countIf(is_waited) as people_waited,
        countIf(is_waiting) as people_waiting,
        countIf(is_waited and to_on >= three_months_on) as waited_3_months,
        countIf(is_waiting and edition >= three_months_on) as waiting_3_months,
        {{ quartiles('days', "dateDiff('day', from_on, to_on)", 'is_waited') }},
        {{ quartiles('months', months_between('from_on', 'to_on'), 'is_waited') }}
    from waits
    group by edition, cohort, pair
)

select
    edition,
    from_kind,
    to_kind,
    cohort,
    people,
    people_before,
    people_waited,
    people_waiting,
    waited_3_months,
    {{ share('waited_3_months', '(people_before + people_waited)') }} as waited_3_months_share,
    waiting_3_months,
    days_p25,
    days_median,
    days_p75,
    months_p25,
    months_median,
    months_p75
from counted
