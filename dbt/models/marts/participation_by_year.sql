{{ config(order_by=['population', 'calendar_year', 'kind']) }}

with

grid as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

-- Who was 18-64 and in an azc on a reference day of the year.
stays as (
    select months.population as population, toYear(months.month) as calendar_year, months.person_id as person_id
    from {{ ref('int_person_month') }} as months
    where months.edition = {{ edition_date() }} and months.in_azc and months.is_18_to_64 and {{ has_more_facts() }}
    group by population, calendar_year, person_id
),

asked as (
    select
        stays.population as population,
        stays.calendar_year as calendar_year,
        stays.person_id as person_id,
        makeDate(stays.calendar_year, 12, 31) <= grid.grid_end as is_whole,
        {{ present_on('people.exit_on', 'least(makeDate(stays.calendar_year, 12, 31), grid.grid_end)') }} as is_present,
        arrayJoin(['any', 'nt2', 'voorinburgering', 'volunteering', 'meedoenbalie']) as kind
    from stays
    inner join {{ ref('stg_person') }} as people on stays.person_id = people.person_id
    inner join grid on people.edition = grid.edition
),

-- The years on some day of which somebody took part; what lies beyond the grid is a plan.
taken as (
    select
        activities.person_id as person_id,
        arrayJoin(range(toUInt16(toYear(activities.started_on)), toUInt16(toYear(least(ifNull(activities.ended_on, grid.grid_end), grid.grid_end)) + 1))) as calendar_year,
        arrayJoin([toString(activities.kind), 'any']) as kind
    from {{ ref('stg_participation') }} as activities
    inner join grid on activities.edition = grid.edition
    where activities.edition = {{ edition_date() }} and activities.started_on <= grid.grid_end
),

counted as (
    select
        population,
        calendar_year,
        kind,
        any(is_whole) as is_complete,
        count() as initial,
        countIf(is_present) as present,
        countIf((person_id, calendar_year, kind) in (select taken.person_id, taken.calendar_year, taken.kind from taken)) as participating,
        countIf(is_present and (person_id, calendar_year, kind) in (select taken.person_id, taken.calendar_year, taken.kind from taken)) as participating_present
    from asked
    group by population, calendar_year, kind
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    calendar_year,
    kind,
    initial,
    present,
    participating,
    participating_present,
    if(is_complete, {{ share('participating', 'initial') }}, null) as participating_share_initial,
    if(is_complete, {{ share('participating_present', 'present') }}, null) as participating_share_present,
    multiIf(not is_complete, 'not_yet', present = 0, 'not_applicable', 'value') as status
from counted
