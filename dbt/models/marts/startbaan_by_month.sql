{{ config(order_by=['region', 'month']) }}

with

starts as (
    select person_id, toStartOfMonth(reached_on) as month
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }} and kind = 'startbaan_started'
),

people as (
    select
        source.month as month,
        if(source.region_on_reference_day = '', 'unknown', source.region_on_reference_day) as region,
        source.is_present as is_present,
        source.in_startbaan as in_startbaan,
        (source.person_id, source.month) in (select person_id, month from starts) as has_started
    from {{ ref('int_person_month') }} as source
    where source.edition = {{ edition_date() }} and source.cohort is not null and source.k >= 0 and source.is_18_to_64
),

counted as (
    select
        month,
        region,
        count() as initial,
        countIf(is_present) as present,
        countIf(has_started) as started,
        countIf(has_started and is_present) as started_present,
        countIf(in_startbaan and is_present) as in_startbaan
    from people
    group by month, region
)

select
    {{ edition_date() }} as edition,
    {{ definition_version() }} as definition_version,
    month,
    region,
    initial,
    present,
    started,
    started_present,
    {{ share('started', 'initial') }} as started_share_initial,
    {{ share('started_present', 'present') }} as started_share_present,
    in_startbaan,
    {{ share('in_startbaan', 'present') }} as in_startbaan_share,
    if(present = 0, 'not_applicable', 'value') as status
from counted
