{{ config(order_by=['population', 'start_year', 'kind', 'dimension', 'value']) }}

{%- set dimensions = ['mbo_level', 'region'] %}

with

courses as (
    select
        people.population as population,
        toYear(courses.started_on) as start_year,
        courses.kind as kind,
        ifNull(toString(courses.mbo_level), '') as mbo_level,
        toString(courses.region) as region,
        courses.result in ('diploma', 'obtained') as is_obtained,
        courses.result = 'stopped' as is_stopped,
        {{ present_on('people.exit_on', 'courses.edition') }} as is_present
    from {{ ref('stg_mbo') }} as courses
    inner join {{ ref('stg_person') }} as people on courses.edition = people.edition and courses.person_id = people.person_id
    where courses.edition = {{ edition_date() }} and courses.started_on <= courses.edition
),

counted as (
    select
        population,
        start_year,
        kind,
        {{ dimension_of(dimensions) }} as dimension,
        {{ value_of(dimensions) }} as value,
        count() as initial,
        countIf(is_present) as present,
        countIf(is_obtained) as obtained,
        countIf(is_obtained and is_present) as obtained_present,
        countIf(is_stopped) as stopped,
        countIf(not is_obtained and not is_stopped) as not_ended
    from courses
    group by {{ by_dimension('population, start_year, kind', dimensions) }}
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    start_year,
    kind,
    if(dimension = 'mbo_level', 'level', dimension) as dimension,
    value,
    initial,
    present,
    obtained,
    obtained_present,
    stopped,
    not_ended,
    if(not_ended = initial, null, obtained / initial) as obtained_share_initial,
    if(not_ended = initial, null, {{ share('obtained_present', 'present') }}) as obtained_share_present,
    multiIf(not_ended = initial, 'not_yet', present = 0, 'not_applicable', 'value') as status
from counted
