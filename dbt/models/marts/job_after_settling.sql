{{ config(order_by=['settled_year', 'region', 'months']) }}

with

grid as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

jobs as (
    select person_id, groupArray((started_on, ended_on)) as spans
    from {{ ref('stg_job') }}
    where edition = {{ edition_date() }}
    group by person_id
),

-- It is known who had a job in the months after settling once they lie within the grid.
people as (
    select
        settling.region_at_settling as region,
        toYear(settling.settled_on) as settled_year,
        arrayJoin([3, 6]) as months,
        addMonths(settling.settled_on, months) as window_end,
        ifNull(window_end <= grid.grid_end + 1, false) as is_known,
        ifNull(people.exit_on >= window_end, true) as is_present,
        arrayExists(span -> span.1 < window_end and span.2 >= settling.settled_on, jobs.spans) as has_job
    from {{ ref('int_settling') }} as settling
    inner join {{ ref('stg_person') }} as people on settling.edition = people.edition and settling.person_id = people.person_id
    left join grid on settling.edition = grid.edition
    left join jobs on settling.person_id = jobs.person_id
    where people.cohort is not null and ifNull(settled_year - people.birth_year between 18 and 64, false)
),

counted as (
    select
        region,
        settled_year,
        months,
        count() as settled,
        countIf(is_known) as initial,
        countIf(is_known and is_present) as present,
        countIf(is_known and has_job) as with_job,
        countIf(is_known and is_present and has_job) as with_job_present
    from people
    group by region, settled_year, months
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    region,
    settled_year,
    toUInt8(months) as months,
    settled,
    initial,
    present,
    with_job,
    with_job_present,
    {{ share('with_job', 'initial') }} as with_job_share_initial,
    {{ share('with_job_present', 'present') }} as with_job_share_present,
    if(initial = 0, 'not_yet', 'value') as status
from counted
