-- The row that made the edition stand tells the same people and the same grid end as its facts.
select standing.persons as persons, facts.persons as persons_in_facts, standing.grid_end as grid_end, grid.grid_end as last_month
from {{ ref('stg_edition') }} as standing
left join (
    select edition, count() as persons from {{ source('facts', 'person') }} group by edition
) as facts on standing.edition = facts.edition
left join {{ ref('int_grid') }} as grid on standing.edition = grid.edition
where standing.edition = {{ edition_date() }}
    and (standing.persons != ifNull(facts.persons, 0) or (grid.grid_end is not null and not (standing.grid_end <=> grid.grid_end)))
