{{ config(order_by=['population', 'region', 'exit_year', 'outcome']) }}

with

ended as (
    select spells.*, assumeNotNull(spells.ended_on) as last_day
    from {{ ref('stg_bijstand_spell') }} as spells
    where spells.edition = {{ edition_date() }} and spells.ended_on <= spells.edition
),

homes as (
    select person_id, month, region
    from {{ ref('stg_month_status') }}
    where edition = {{ edition_date() }} and (person_id, month) in (select person_id, toStartOfMonth(last_day) as month from ended)
),

-- Outcome, months after the exit on the last day of which it is looked at, and what it was: NULL when that is not known (yet).
outcomes as (
    select
        people.population as population,
        coalesce(nullIf(homes.region, ''), 'unknown') as region,
        toYear(ended.last_day) as exit_year,
        arrayJoin([
            ('exit_to_work', 1, ended.exit_to_work)
            {%- for kind in ['loose', 'strict'] %}{% for months in [6, 12, 18] %},
            ('{{ kind }}_{{ months }}', {{ months }}, ended.{{ kind }}_{{ months }})
            {%- endfor %}{% endfor %}
        ]) as looked,
        looked.1 as outcome,
        looked.3 as has_reached,
        outcome = 'exit_to_work' or ifNull(ended.exit_to_work, false) as is_asked,
        ifNull(people.exit_on >= toLastDayOfMonth(addMonths(toStartOfMonth(ended.last_day), looked.2)), true) as is_present
    from ended
    inner join {{ ref('stg_person') }} as people on ended.edition = people.edition and ended.person_id = people.person_id
    left join homes on ended.person_id = homes.person_id and toStartOfMonth(ended.last_day) = homes.month
),

counted as (
    select
        population,
        region,
        exit_year,
        outcome,
        count() as spells_ended,
        countIf(is_asked) as asked,
        countIf(has_reached is not null) as initial,
        countIf(has_reached is not null and is_present) as present,
        countIf(has_reached) as reached,
        countIf(has_reached and is_present) as reached_present
    from outcomes
    group by population, region, exit_year, outcome
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    region,
    exit_year,
    outcome,
    spells_ended,
    initial,
    present,
    reached,
    reached_present,
    {{ share('reached', 'initial') }} as reached_share_initial,
    {{ share('reached_present', 'present') }} as reached_share_present,
    multiIf(initial > 0, 'value', asked = 0, 'not_applicable', 'not_yet') as status
from counted
