with

people as (
    select * from {{ ref('stg_person') }}
),

months as (
    select * from {{ ref('stg_month_status') }}
)

select
    months.edition as edition,
    months.person_id as person_id,
    months.month as month,
    months.reference_day as reference_day,
    months.k as k,
    months.stage as stage,
    months.in_azc as in_azc,
    months.is_working as is_working,
    months.in_bijstand as in_bijstand,
    months.hours_week as hours_week,
    months.contract as contract,
    months.sector_code as sector_code,
    months.sustained_6 as sustained_6,
    months.sustained_12 as sustained_12,
    months.sustained_18 as sustained_18,
    people.population as population,
    people.cohort as cohort,
    people.sex as sex,
    people.nationality_group as nationality_group,
    people.law as law,
    people.route as route,
    if(people.good_prospects, 'yes', 'no') as good_prospects,
    months.leerroute as leerroute,
    months.in_startbaan as in_startbaan,
    {{ age_group('months.age') }} as age_group,
    people.region as region_at_cut_off,
    months.region as region_on_reference_day,
    toBool(ifNull(months.age between 18 and 64, false)) as is_18_to_64,
    cast(months.stage != 'left', 'Bool') as is_present
from months
inner join people on months.edition = people.edition and months.person_id = people.person_id
