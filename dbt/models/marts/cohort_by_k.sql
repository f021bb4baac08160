{{ config(order_by=['cohort', 'dimension', 'value', 'k']) }}

{%- set dimensions = [
    'sex', 'age_group', 'nationality_group', 'law', 'route', 'leerroute', 'good_prospects', 'region_at_cut_off', 'region_at_settling',
    'region_on_reference_day'
] %}
{%- set measures = {
    'working': 'is_working',
    'working_20h': 'is_working and hours_week >= 20',
    'bijstand': 'in_bijstand',
    'sustained_6': 'people.sustained_6',
    'sustained_12': 'people.sustained_12',
    'sustained_18': 'people.sustained_18',
} %}

with

settling as (
    select person_id, region_at_settling from {{ ref('int_settling') }}
),

people as (
    select months.*, ifNull(settling.region_at_settling, 'unknown') as region_at_settling
    from {{ ref('int_person_month') }} as months
    left join settling on months.person_id = settling.person_id
    where months.edition = {{ edition_date() }} and months.cohort is not null and months.k >= 0 and months.is_18_to_64
),

counted as (
    select
        edition,
        cohort,
        k,
        {{ dimension_of(dimensions) }} as dimension,
        {{ value_of(dimensions) }} as value,
        count() as initial,
        countIf(is_present) as present,
        {%- for name, condition in measures.items() %}
        countIf({{ condition }}) as {{ name }},
        countIf({{ condition }} and is_present) as {{ name }}_present,
        {%- endfor %}
        countIf(people.sustained_6 is null) as sustained_6_open,
        countIf(people.sustained_12 is null) as sustained_12_open,
        countIf(people.sustained_18 is null) as sustained_18_open
    from people
    group by {{ by_dimension('edition, cohort, k', dimensions) }}
),

grid as (
    select * from {{ ref('int_grid') }} where edition = {{ edition_date() }}
)

select
    counted.edition as edition,
    {{ definition_version() }} as definition_version,
    assumeNotNull(counted.cohort) as cohort,
    assumeNotNull(counted.k) as k,
    dimension,
    value,
    -- Those whose permit started in December are the last of a cohort to reach k.
    toBool(k <= {{ months_between('makeDate(cohort, 12, 1)', 'grid.grid_end') }}) as is_complete,
    initial,
    present,
    {%- for name in measures %}
    {{ name }},
    {{ name }}_present,
    {{ share(name, 'initial') }} as {{ name }}_share_initial,
    {{ share(name ~ '_present', 'present') }} as {{ name }}_share_present,
    {%- endfor %}
    sustained_6_open,
    sustained_12_open,
    sustained_18_open,
    multiIf(present = 0, 'not_applicable', is_complete, 'value', 'not_yet') as status
from counted
inner join grid on counted.edition = grid.edition
