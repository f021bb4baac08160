{{ config(order_by=['population', 'requested_year', 'months']) }}

with

requests as (
    select
        people.population as population,
        toYear(requests.requested_on) as requested_year,
        arrayJoin([toUInt8(3), toUInt8(6), toUInt8(12)]) as months,
        addMonths(requests.requested_on, months) <= requests.edition as is_followed,
        ifNull(requests.decided_on < addMonths(requests.requested_on, months), false) as is_quick,
        {{ present_on('people.exit_on', 'addMonths(requests.requested_on, months)') }} as is_present
    from {{ ref('stg_valuation') }} as requests
    inner join {{ ref('stg_person') }} as people on requests.edition = people.edition and requests.person_id = people.person_id
    where requests.edition = {{ edition_date() }} and requests.requested_on <= requests.edition
),

counted as (
    select
        population,
        requested_year,
        months,
        count() as requests,
        countIf(is_followed) as initial,
        countIf(is_followed and is_present) as present,
        countIf(is_followed and is_quick) as decided,
        countIf(is_followed and is_quick and is_present) as decided_present
    from requests
    group by population, requested_year, months
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    requested_year,
    months,
    requests,
    initial,
    present,
    decided,
    decided_present,
    {{ share('decided', 'initial') }} as decided_share_initial,
    {{ share('decided_present', 'present') }} as decided_share_present,
    multiIf(initial = 0, 'not_yet', present = 0, 'not_applicable', 'value') as status
from counted
