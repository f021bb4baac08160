{{ config(order_by=['edition']) }}

with

standing as (
    select * from {{ ref('stg_edition') }} where edition = {{ edition_date() }}
),

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
    standing.edition as edition,
    standing.definition_version as definition_version,
    standing.work_horizon as work_horizon,
    standing.grid_end as grid_end,
    ifNull(people.persons, 0) as persons,
    ifNull(people.persons_with_permit, 0) as persons_with_permit,
    ifNull(people.displaced_persons, 0) as displaced_persons,
    ifNull(grid.person_months, 0) as person_months,
    ifNull(conflicts.conflict_sets, 0) as conflict_sets,
    ifNull(conflicts.conflict_pseudonyms, 0) as conflict_pseudonyms,
    standing.synthetic as synthetic
from standing
left join people on standing.edition = people.edition
left join grid on standing.edition = grid.edition
left join conflicts on standing.edition = conflicts.edition
