{{ config(order_by=['population', 'months']) }}

with

grid as (
    select edition, toStartOfMonth(grid_end) as last_month from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

-- The first valuation at the level of HBO or WO.
valued as (
    select valuations.person_id as person_id, toStartOfMonth(min(valuations.decided_on)) as valued_in
    from {{ ref('stg_valuation') }} as valuations
    where valuations.edition = {{ edition_date() }} and valuations.decided_on <= valuations.edition and valuations.nlqf >= 6
    group by person_id
),

asked as (
    select
        people.population as population,
        people.person_id as person_id,
        arrayJoin([toUInt8(0), toUInt8(6), toUInt8(12), toUInt8(24), toUInt8(36)]) as months,
        addMonths(assumeNotNull(valued.valued_in), months) as month,
        month <= grid.last_month as is_followed
    from valued
    inner join {{ ref('stg_person') }} as people on valued.person_id = people.person_id
    inner join grid on people.edition = grid.edition
),

statuses as (
    select
        source.person_id as person_id,
        source.month as month,
        source.is_18_to_64 as is_18_to_64,
        source.is_present as is_present,
        source.is_working as is_working,
        source.hours_week >= 20 as is_20_hours
    from {{ ref('int_person_month') }} as source
    where source.edition = {{ edition_date() }}
        and source.person_id in (select valued.person_id from valued)
),

counted as (
    select
        asked.population as population,
        asked.months as months,
        count() as people,
        countIf(asked.is_followed) as followed,
        countIf(asked.is_followed and statuses.is_18_to_64) as initial,
        countIf(asked.is_followed and statuses.is_18_to_64 and statuses.is_present) as present,
        countIf(asked.is_followed and statuses.is_18_to_64 and statuses.is_working) as working,
        countIf(asked.is_followed and statuses.is_18_to_64 and statuses.is_working and statuses.is_present) as working_present,
        countIf(asked.is_followed and statuses.is_18_to_64 and statuses.is_working and statuses.is_20_hours) as working_20_hours
    from asked
    left join statuses on asked.person_id = statuses.person_id and asked.month = statuses.month
    group by population, months
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    months,
    people,
    initial,
    present,
    working,
    working_present,
    working_20_hours,
    {{ share('working', 'initial') }} as working_share_initial,
    {{ share('working_present', 'present') }} as working_share_present,
    multiIf(followed = 0, 'not_yet', present = 0, 'not_applicable', 'value') as status
from counted
