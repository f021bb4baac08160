{{ config(order_by=['population', 'kind']) }}

with

grid as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

-- In the last month of the grid.
statuses as (
    select source.person_id as person_id, source.is_working as is_working, source.is_present as is_present, source.is_18_to_64 as is_18_to_64
    from {{ ref('int_person_month') }} as source
    where source.edition = {{ edition_date() }} and source.reference_day in (select grid_end from grid)
),

dates as (
    select
        person_id,
        minIf(reached_on, kind = 'diploma_requested') as requested_on,
        countIf(kind = 'diploma_valued') > 0 as is_valued,
        minIf(reached_on, kind = 'diploma_valued') as valued_on
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }} and kind in ('diploma_requested', 'diploma_valued') and reached_on <= edition
    group by person_id
    having countIf(kind = 'diploma_requested') > 0
),

people as (
    select
        people.population as population,
        people.cohort as cohort,
        if(people.valued_kind = '', 'none_yet', people.valued_kind) as kind,
        people.valued_nlqf as nlqf_level,
        ifNull(statuses.is_18_to_64, false) as is_asked,
        is_asked and statuses.is_present as is_present,
        is_asked and statuses.is_working as is_working,
        addMonths(dates.requested_on, 6) <= people.edition as is_followed,
        dates.is_valued and dates.valued_on < addMonths(dates.requested_on, 6) as is_quick
    from dates
    inner join {{ ref('stg_person') }} as people on dates.person_id = people.person_id
    left join statuses on dates.person_id = statuses.person_id
    where people.edition = {{ edition_date() }}
),

counted as (
    select
        population,
        cohort,
        kind,
        nlqf_level,
        count() as people,
        countIf(is_followed) as followed_6_months,
        countIf(is_followed and is_quick) as valued_6_months,
        countIf(is_asked) as initial,
        countIf(is_present) as present,
        countIf(is_working) as working,
        countIf(is_working and is_present) as working_present
    from people
    group by population, cohort, kind, nlqf_level
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    cohort,
    kind,
    nlqf_level,
    people,
    followed_6_months,
    valued_6_months,
    {{ share('valued_6_months', 'followed_6_months') }} as valued_6_months_share,
    initial,
    present,
    working,
    working_present,
    {{ share('working', 'initial') }} as working_share_initial,
    {{ share('working_present', 'present') }} as working_share_present,
    multiIf((select count() from grid) = 0, 'not_yet', initial = 0, 'not_applicable', 'value') as status
from counted
