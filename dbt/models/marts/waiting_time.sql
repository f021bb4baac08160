{{ config(order_by=['from_kind', 'to_kind', 'cohort']) }}

-- Kaplan-Meier: who still waits counts for as long as the wait is known, and who died or emigrated up to that day.
with

people as (
    select source.edition as edition, source.person_id as person_id, assumeNotNull(source.cohort) as cohort, source.exit_on as exit_on,
        source.birth_year as birth_year
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

-- Up to this day it is known whether somebody has reached a milestone: of work, as far as wages reach.
known as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

pairs as (
    select
        people.edition as edition,
        people.cohort as cohort,
        people.birth_year as birth_year,
        people.exit_on as exit_on,
        arrayJoin([
            ('application', 'permit'), ('permit', 'settled'), ('permit', 'brp_registered'), ('settled', 'first_job')
        ]) as pair,
        if(mapContains(reached.dates, pair.1), toNullable(reached.dates[pair.1]), null) as from_on,
        if(mapContains(reached.dates, pair.2), toNullable(reached.dates[pair.2]), null) as to_on,
        if(pair.2 = 'first_job', known.grid_end, people.edition) as known_on,
        least(known_on, ifNull(people.exit_on, known_on)) as followed_on
    from people
    inner join reached on people.person_id = reached.person_id
    left join known on people.edition = known.edition
),

-- Who reached the second milestone before the first did not wait: 0 days. Who left before the first is no longer followed.
waits as (
    select
        edition,
        cohort,
        pair.1 as from_kind,
        pair.2 as to_kind,
        ifNull(to_on <= followed_on, false) as has_reached,
        has_reached and to_on < from_on as is_before,
        not has_reached and ifNull(exit_on <= known_on, false) as has_left,
        greatest(0, dateDiff('day', assumeNotNull(from_on), if(has_reached, assumeNotNull(to_on), followed_on))) as days
    from pairs
    where from_on is not null
        and from_on <= known_on
        -- Children and pensioners wait for a home, not for work.
        and (pair.2 != 'first_job' or ifNull(toYear(from_on) - birth_year between 18 and 64, false))
),

counted as (
    select
        edition,
        cohort,
        from_kind,
        to_kind,
        count() as people,
        countIf(is_before) as people_before,
        countIf(has_reached and not is_before) as people_waited,
        countIf(has_left) as people_left,
        countIf(not has_reached and not has_left) as people_waiting
    from waits
    group by edition, cohort, from_kind, to_kind
),

by_day as (
    select cohort, from_kind, to_kind, days, countIf(has_reached) as ended, count() as leaving
    from waits
    group by cohort, from_kind, to_kind, days
),

-- The risk set of a day: everybody whose wait is known to have lasted until then.
at_risk as (
    select
        *,
        sum(leaving) over (
            partition by cohort, from_kind, to_kind order by days desc rows between unbounded preceding and current row
        ) as risk_set
    from by_day
),

-- Days on which somebody's wait ended, with the risk set and the share that still waits after it.
curves as (
    select
        cohort,
        from_kind,
        to_kind,
        arraySort(step -> step.1, groupArrayIf((days, ended, risk_set), ended > 0)) as steps,
        arrayMap(step -> step.1, steps) as step_days,
        arrayMap(step -> step.3, steps) as risk_sets,
        {{ still_waiting('steps') }} as still_waiting,
        sumIf(leaving, days >= 91) as at_risk_3_months,
        arrayFirstIndex(share -> share <= 0.75, still_waiting) as p25,
        arrayFirstIndex(share -> share <= 0.5, still_waiting) as median,
        arrayFirstIndex(share -> share <= 0.25, still_waiting) as p75,
        arrayLastIndex(day -> day < 91, step_days) as before_3_months
    from at_risk
    group by cohort, from_kind, to_kind
)

select
    counted.edition as edition,
    counted.from_kind as from_kind,
    counted.to_kind as to_kind,
    counted.cohort as cohort,
    people,
    people_before,
    people_waited,
    people_left,
    people_waiting,
    at_risk_3_months,
    if(at_risk_3_months = 0, null, if(before_3_months = 0, 1, still_waiting[before_3_months])) as waits_3_months_share,
    {%- for quartile in ['p25', 'median', 'p75'] %}
    if({{ quartile }} = 0, null, toNullable(toUInt32(step_days[{{ quartile }}]))) as days_{{ quartile }},
    if({{ quartile }} = 0, null, toNullable(toUInt64(risk_sets[{{ quartile }}]))) as at_risk_{{ quartile }}{{ ',' if not loop.last }}
    {%- endfor %}
from counted
inner join curves on counted.cohort = curves.cohort and counted.from_kind = curves.from_kind and counted.to_kind = curves.to_kind
