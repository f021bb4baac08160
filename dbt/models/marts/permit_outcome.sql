{{ config(order_by=['population', 'requested_year', 'dimension', 'value']) }}

{%- set dimensions = ['sector', 'region', 'place'] %}

with

requests as (
    select
        people.population as population,
        toYear(permits.requested_on) as requested_year,
        toString(permits.sector_code) as sector,
        toString(permits.region) as region,
        if(permits.in_azc, 'azc', 'elsewhere') as place,
        if(ifNull(permits.decided_on <= permits.edition, false), toString(permits.decision), '') as outcome,
        {{ present_on('people.exit_on', 'permits.edition') }} as is_present
    from {{ ref('stg_work_permit') }} as permits
    inner join {{ ref('stg_person') }} as people on permits.edition = people.edition and permits.person_id = people.person_id
    where permits.edition = {{ edition_date() }} and permits.requested_on <= permits.edition
),

counted as (
    select
        population,
        requested_year,
        {{ dimension_of(dimensions) }} as dimension,
        {{ value_of(dimensions) }} as value,
        count() as initial,
        countIf(is_present) as present,
        countIf(outcome = 'granted') as granted,
        countIf(outcome = 'granted' and is_present) as granted_present,
        countIf(outcome = 'refused') as refused,
        countIf(outcome = 'withdrawn') as withdrawn,
        countIf(outcome = '') as undecided
    from requests
    group by {{ by_dimension('population, requested_year', dimensions) }}
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    requested_year,
    dimension,
    value,
    initial,
    present,
    granted,
    granted_present,
    refused,
    withdrawn,
    undecided,
    if(undecided = initial, null, granted / initial) as granted_share_initial,
    if(undecided = initial, null, {{ share('granted_present', 'present') }}) as granted_share_present,
    multiIf(undecided = initial, 'not_yet', present = 0, 'not_applicable', 'value') as status
from counted
