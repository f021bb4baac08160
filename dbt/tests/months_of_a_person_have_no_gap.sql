-- Each person has exactly one status for every month from the first of the grid to its end: nobody disappears.
with

grid as (
    select edition, grid_end from {{ ref('int_grid') }} where edition = {{ edition_date() }}
),

people as (
    select edition, person_id, count() as months, min(month) as first_month, max(month) as last_month
    from {{ source('facts', 'month_status') }}
    where edition = {{ edition_date() }}
    group by edition, person_id
)

select people.months, people.first_month, people.last_month
from people
inner join grid on people.edition = grid.edition
where people.months != 1 + {{ months_between('people.first_month', 'people.last_month') }}
    or toLastDayOfMonth(people.last_month) != grid.grid_end
