{{ config(order_by=['population', 'start_year', 'sector_code']) }}

{%- set group = 'population, cohort, start_year' %}

with

grid as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

-- Twelve months of a job can have been realised when eleven whole months of the grid follow the one in which it began.
jobs as (
    select
        people.population as population,
        people.cohort as cohort,
        toYear(jobs.started_on) as start_year,
        if(jobs.sector_code = '', 'unknown', jobs.sector_code) as sector_code,
        jobs.person_id as person_id,
        jobs.ended_on >= grid.grid_end as is_going_on,
        {{ months_between('jobs.started_on', 'grid.grid_end') }} >= 11 as is_old_enough,
        jobs.is_sowis_like as is_sowis_like
    from {{ ref('stg_job') }} as jobs
    inner join {{ ref('stg_person') }} as people on jobs.edition = people.edition and jobs.person_id = people.person_id
    inner join grid on jobs.edition = grid.edition
    where jobs.edition = {{ edition_date() }}
        and jobs.started_on <= grid.grid_end
        and ifNull(start_year - people.birth_year between 18 and 64, false)
),

counted as (
    select
        {{ group }},
        sector_code,
        count() as jobs,
        uniqExact(person_id) as people,
        countIf(is_going_on) as going_on,
        countIf(is_old_enough) as old_enough,
        countIf(is_old_enough and is_sowis_like) as sowis_like
    from jobs
    group by {{ group }}, sector_code
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    population,
    cohort,
    start_year,
    sector_code,
    jobs,
    sum(jobs) over (partition by {{ group }}) as jobs_in_all,
    {{ share('jobs', 'jobs_in_all') }} as jobs_share,
    people,
    going_on,
    old_enough,
    sowis_like,
    {{ share('sowis_like', 'old_enough') }} as sowis_like_share,
    if(old_enough = 0, 'not_yet', 'value') as status
from counted
