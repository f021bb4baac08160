-- The totals are counts of the facts themselves, taken without staging and the other layers.
with

facts as (
    select
        months.edition as edition,
        count() as initial,
        countIf(months.stage != 'left') as present,
        countIf(months.working) as working,
        countIf(months.bijstand) as bijstand,
        countIf(months.sustained_6) as sustained_6,
        countIf(months.working and months.hours_week >= 20) as working_20h
    from {{ source('facts', 'month_status') }} as months
    inner join {{ source('facts', 'person') }} as people
        on months.edition = people.edition and months.person_id = people.person_id
    where months.edition = {{ edition_date() }} and people.cohort is not null and months.k >= 0 and months.age between 18 and 64
    group by months.edition
),

marts as (
    select
        edition,
        dimension,
        sum(mart.initial) as initial,
        sum(mart.present) as present,
        sum(mart.working) as working,
        sum(mart.bijstand) as bijstand,
        sum(mart.sustained_6) as sustained_6,
        sum(mart.working_20h) as working_20h
    from {{ ref('cohort_by_k') }} as mart
    where edition = {{ edition_date() }}
    group by edition, dimension
)

select marts.dimension, facts.initial as initial_in_facts, marts.initial as initial
from facts
left join marts on facts.edition = marts.edition
where not ifNull(
    (facts.initial, facts.present, facts.working, facts.bijstand, facts.sustained_6, facts.working_20h)
    = (marts.initial, marts.present, marts.working, marts.bijstand, marts.sustained_6, marts.working_20h), false
)
