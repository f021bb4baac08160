{{ config(order_by=['edition']) }}

with

people as (
    select
        edition,
        count() as persons,
        countIf(cohort is not null) as persons_with_permit,
        countIf(population = 'displaced') as displaced_persons
    from {{ ref('stg_person') }}
    where edition = {{ edition_date() }}
    group by edition
),

grid as (
    select * from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

horizon as (
    select * from {{ ref('int_work_horizon') }} where edition = {{ edition_date() }}
),

conflicts as (
    select
        edition,
        uniqExact(conflict_id) as conflict_sets,
        count() as conflict_pseudonyms
    from {{ ref('stg_link_conflict') }}
    where edition = {{ edition_date() }}
    group by edition
)

select
    people.edition as edition,
    toUInt16({{ var('definition_version') }}) as definition_version,
    horizon.work_horizon as work_horizon,
    grid.grid_end as grid_end,
    people.persons as persons,
    people.persons_with_permit as persons_with_permit,
    people.displaced_persons as displaced_persons,
    ifNull(grid.person_months, 0) as person_months,
    ifNull(conflicts.conflict_sets, 0) as conflict_sets,
    ifNull(conflicts.conflict_pseudonyms, 0) as conflict_pseudonyms
from people
left join grid on people.edition = grid.edition
left join horizon on people.edition = horizon.edition
left join conflicts on people.edition = conflicts.edition
