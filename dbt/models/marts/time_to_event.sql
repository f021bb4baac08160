{{ config(order_by=['event', 'cohort', 'dimension', 'value', 'months']) }}

{%- set group = 'event, cohort, dimension, value' %}
{%- set dimensions = ['sex', 'age_group', 'nationality_group', 'law', 'route', 'leerroute', 'good_prospects', 'region_at_cut_off'] %}

-- Kaplan-Meier by month: who still waits counts for as long as the wait is known, and who died or emigrated up to that day.
with

people as (
    select source.*, assumeNotNull(source.cohort) as year
    from {{ ref('int_person_group') }} as source
    where source.cohort is not null
),

reached as (
    select person_id, cast((groupArray(kind), groupArray(reached_on)), 'Map(String, Date)') as dates
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }} and reached_on <= edition and kind in ('first_job', 'first_job_20h', 'sustained_6', 'settled')
    group by person_id
),

first_spells as (
    select person_id, started_on, ended_on
    from {{ ref('stg_bijstand_spell') }}
    where edition = {{ edition_date() }} and spell = 1
),

grid as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

-- Event, first day of the wait, day of the event, last day of which it is known. That a run of six months began is known of
-- days that have six months of the grid from theirs on.
spans as (
    select
        people.*,
        arrayJoin([
            {%- for event, last_known in [('first_job', 'grid.grid_end'), ('first_job_20h', 'grid.grid_end'),
                ('sustained_6', 'toLastDayOfMonth(addMonths(grid.grid_end, -5))'), ('settled', 'people.edition')] %}
            ('{{ event }}', people.permit_on, if(mapContains(reached.dates, '{{ event }}'), toNullable(reached.dates['{{ event }}']), null), toNullable({{ last_known }})),
            {%- endfor %}
            ('bijstand_end', first_spells.started_on, first_spells.ended_on, toNullable(people.edition))
        ]) as span
    from people
    left join reached on people.person_id = reached.person_id
    left join first_spells on people.person_id = first_spells.person_id
    left join grid on people.edition = grid.edition
),

-- Who had the event before the wait began did not wait: 0 months. Who left before that is followed no longer.
waits as (
    select
        span.1 as event,
        year as cohort,
        {{ dimensions | join(', ') }},
        assumeNotNull(span.4) as known_on,
        least(known_on, ifNull(exit_on, known_on)) as followed_on,
        ifNull(span.3 <= followed_on, false) as has_ended,
        not has_ended and ifNull(exit_on <= known_on, false) as has_left,
        toUInt16(greatest(0, {{ months_between('assumeNotNull(span.2)', 'if(has_ended, assumeNotNull(span.3), followed_on)') }})) as months
    from spans
    where span.2 <= span.4
        -- Children and pensioners wait for a home, not for work.
        and (span.1 = 'settled' or ifNull(toYear(span.2) - birth_year between 18 and 64, false))
),

by_month as (
    select
        event,
        cohort,
        {{ dimension_of(dimensions) }} as dimension,
        {{ value_of(dimensions) }} as value,
        months,
        any(known_on) as known,
        count() as leaving,
        countIf(has_ended) as ended,
        countIf(has_left) as exits
    from waits
    group by {{ by_dimension('event, cohort, months', dimensions) }}
),

-- Every month up to the last that the first permits of the cohort have reached: what nobody has reached yet is told.
calendar as (
    select
        event, cohort, dimension, value, initial,
        arrayJoin(range(toUInt16(last_month + 1))) as months
    from (
        select
            {{ group }},
            sum(by_month.leaving) as initial,
            greatest(max(by_month.months), {{ months_between('makeDate(cohort, 1, 1)', 'any(by_month.known)') }}) as last_month
        from by_month
        group by {{ group }}
    ) as groups
),

-- The risk set of a month: everybody whose wait is known to have lasted until then.
at_risk as (
    select
        event, cohort, dimension, value, initial,
        calendar.months as months,
        ifNull(by_month.ended, 0) as ended,
        ifNull(by_month.exits, 0) as exits,
        ifNull(by_month.leaving, 0) as leaving,
        sum(leaving) over (partition by {{ group }} order by months desc rows between unbounded preceding and current row) as at_risk
    from calendar
    left join by_month using (event, cohort, dimension, value, months)
),

curves as (
    select
        *,
        exp(sum(if(ended = 0, 0, log(1 - ended / at_risk))) over so_far) as waiting,
        sum(if(ended = 0 or ended = at_risk, 0, ended / (at_risk * (at_risk - ended)))) over so_far as variance,
        if(at_risk > 0 or waiting = 0, 'value', 'not_yet') as status,
        1.959963984540054 * sqrt(variance) / log(waiting) as spread,
        status = 'value' and waiting > 0 and waiting < 1 as has_band
    from at_risk
    window so_far as (partition by {{ group }} order by months)
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    event,
    cohort,
    dimension,
    value,
    months,
    initial,
    at_risk,
    ended,
    exits,
    toUInt64(leaving - ended - exits) as censored,
    if(status = 'value', toNullable(round(waiting, 12)), null) as still_waiting_share,
    if(has_band, toNullable(round(pow(waiting, exp(-spread)), 12)), null) as still_waiting_low,
    if(has_band, toNullable(round(pow(waiting, exp(spread)), 12)), null) as still_waiting_high,
    status
from curves
