{{ config(order_by=['population', 'start_year', 'contract_start', 'employer', 'months']) }}

with

jobs as (
    select
        people.population as population,
        toYear(jobs.started_on) as start_year,
        jobs.contract_start as contract_start,
        jobs.started_on as started_on,
        people.exit_on as exit_on,
        arrayJoin([
            ('same', toUInt8(12), jobs.same_12), ('same', toUInt8(24), jobs.same_24), ('any', toUInt8(12), jobs.any_12), ('any', toUInt8(24), jobs.any_24)
        ]) as asked
    from {{ ref('stg_contract_conversion') }} as jobs
    inner join {{ ref('stg_person') }} as people on jobs.edition = people.edition and jobs.person_id = people.person_id
    where jobs.edition = {{ edition_date() }} and ifNull(start_year - people.birth_year between 18 and 64, false)
),

counted as (
    select
        population,
        start_year,
        contract_start,
        asked.1 as employer,
        asked.2 as months,
        count() as jobs,
        countIf(asked.3 is not null) as initial,
        countIf(asked.3 is not null and {{ present_on('exit_on', 'toLastDayOfMonth(addMonths(started_on, asked.2))') }}) as present,
        countIf(ifNull(asked.3, false)) as converted,
        countIf(ifNull(asked.3, false) and {{ present_on('exit_on', 'toLastDayOfMonth(addMonths(started_on, asked.2))') }}) as converted_present
    from jobs
    group by population, start_year, contract_start, employer, months
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    start_year,
    contract_start,
    employer,
    months,
    jobs,
    initial,
    present,
    converted,
    converted_present,
    {{ share('converted', 'initial') }} as converted_share_initial,
    {{ share('converted_present', 'present') }} as converted_share_present,
    multiIf(initial = 0, 'not_yet', present = 0, 'not_applicable', 'value') as status
from counted
