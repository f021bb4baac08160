{{ config(order_by=['population', 'requested_year', 'kind']) }}

with

requests as (
    select
        people.population as population,
        toYear(requests.requested_on) as requested_year,
        ifNull(requests.decided_on <= requests.edition, false) as is_decided,
        multiIf(not is_decided, 'undecided', requests.kind = '', 'unknown', toString(requests.kind)) as kind,
        if(is_decided, requests.nlqf, null) as nlqf_level,
        {{ present_on('people.exit_on', 'requests.edition') }} as is_present
    from {{ ref('stg_valuation') }} as requests
    inner join {{ ref('stg_person') }} as people on requests.edition = people.edition and requests.person_id = people.person_id
    where requests.edition = {{ edition_date() }} and requests.requested_on <= requests.edition
),

counted as (
    select
        population,
        requested_year,
        kind,
        nlqf_level,
        count() as requests,
        countIf(is_present) as requests_present
    from requests
    group by population, requested_year, kind, nlqf_level
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    requested_year,
    kind,
    nlqf_level,
    requests,
    requests_present,
    sum(requests) over of_year as initial,
    sum(requests_present) over of_year as present,
    {{ share('requests', 'initial') }} as requests_share_initial,
    {{ share('requests_present', 'present') }} as requests_share_present,
    if(present = 0, 'not_applicable', 'value') as status
from counted
window of_year as (partition by population, requested_year)
