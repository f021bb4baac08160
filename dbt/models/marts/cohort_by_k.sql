{{ config(order_by=['cohort', 'dimension', 'value', 'k']) }}

{%- set measures = {
    'working': 'is_working',
    'working_20h': 'is_working and hours_week >= 20',
    'bijstand': 'in_bijstand',
    'sustained_6': 'people.sustained_6',
    'sustained_12': 'people.sustained_12',
    'sustained_18': 'people.sustained_18',
} %}

with

people as (
    select
        *,
        arrayJoin([
            ('total', 'total'),
            ('sex', if(sex = '', 'unknown', sex)),
            ('nationality_group', if(nationality_group = '', 'unknown', nationality_group)),
            ('law', if(law = '', 'unknown', law)),
            ('region_at_cut_off', if(region_at_cut_off = '', 'unknown', region_at_cut_off)),
            ('region_on_reference_day', if(region_on_reference_day = '', 'unknown', region_on_reference_day))
        ]) as breakdown
    from {{ ref('int_person_month') }}
    where edition = {{ edition_date() }} and cohort is not null and k >= 0 and is_18_to_64
),

counted as (
    select
        edition,
        assumeNotNull(cohort) as cohort,
        assumeNotNull(k) as k,
        breakdown.1 as dimension,
        breakdown.2 as value,
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
    group by edition, cohort, k, dimension, value
),

grid as (
    select * from {{ ref('int_grid') }} where edition = {{ edition_date() }}
)

select
    counted.edition as edition,
    cohort,
    k,
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
    sustained_18_open
from counted
inner join grid on counted.edition = grid.edition
