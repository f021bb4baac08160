{{ config(order_by=['check_kind', 'check_name']) }}

-- Odd but valid combinations are kept in the facts; here they are counted, so that a supplier can be asked about them.
{%- set orders = [
    ('application', 'permit'), ('azc_arrival', 'settled'), ('permit', 'settled'), ('coupled', 'settled'),
    ('intake_started', 'intake_done'), ('intake_done', 'pip_signed'), ('pip_signed', 'inburgering_done'), ('knm', 'inburgering_done'),
    ('language_a2', 'inburgering_done'), ('diploma_requested', 'diploma_valued'), ('work_permit_requested', 'work_permit_granted'),
    ('settled', 'bijstand_start'), ('first_job', 'exit'), ('bijstand_start', 'exit'),
] %}

with

dated as (
    select
        person_id,
        cast((groupArray(kind), groupArray(reached_on)), 'Map(String, Date)') as dates
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }}
    group by person_id
),

inversions as (
    select
        'milestone_order' as check_kind,
        concat(pair.1, ' before ', pair.2) as check_name,
        countIf(mapContains(dates, pair.1) and mapContains(dates, pair.2)) as people,
        countIf(mapContains(dates, pair.1) and mapContains(dates, pair.2) and dates[pair.2] < dates[pair.1]) as affected
    from dated
    array join [
        {%- for earlier, later in orders %}
        ('{{ earlier }}', '{{ later }}'){{ ',' if not loop.last }}
        {%- endfor %}
    ] as pair
    group by pair
),

gaps as (
    select
        'missing' as check_kind,
        gap.1 as check_name,
        count() as people,
        countIf(gap.2) as affected
    from {{ ref('stg_person') }}
    array join [
        ('birth_year', birth_year is null),
        ('sex', sex = ''),
        ('nationality_group', nationality_group = ''),
        ('law', law = ''),
        ('region', region = ''),
        ('arrived_on', arrived_on is null)
    ] as gap
    where edition = {{ edition_date() }} and population = 'asylum'
    group by gap.1
),

later as (
    select
        'after_cut_off' as check_kind,
        kind as check_name,
        count() as people,
        countIf(reached_on > edition) as affected
    from {{ ref('stg_milestone') }}
    where edition = {{ edition_date() }}
    group by kind
)

select
    {{ edition_date() }} as edition,
    check_kind,
    check_name,
    people,
    affected,
    {{ share('affected', 'people') }} as affected_share
from (
    select * from inversions
    union all
    select * from gaps
    union all
    select * from later
) as checks
