with

people as (
    select * from {{ ref('stg_person') }} where edition = {{ edition_date() }}
),

grid as (
    select toStartOfMonth(grid_end) as last_month from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

paths as (
    select person_id, leerroute
    from {{ ref('stg_month_status') }}
    where edition = {{ edition_date() }} and month in (select last_month from grid)
)

select
    people.edition as edition,
    people.person_id as person_id,
    people.population as population,
    people.cohort as cohort,
    people.permit_on as permit_on,
    people.birth_year as birth_year,
    people.exit_on as exit_on,
    people.sex as sex,
    {{ age_group('toYear(people.permit_on) - people.birth_year') }} as age_group,
    people.nationality_group as nationality_group,
    people.law as law,
    people.route as route,
    ifNull(paths.leerroute, '') as leerroute,
    if(people.good_prospects, 'yes', 'no') as good_prospects,
    people.region as region_at_cut_off
from people
left join paths on people.person_id = paths.person_id
