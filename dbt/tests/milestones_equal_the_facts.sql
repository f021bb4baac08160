-- People who reached a milestone, over the cohorts, are its rows in the facts up to the cut-off.
with

facts as (
    select milestones.kind as kind, count() as people
    from {{ source('facts', 'milestone') }} as milestones
    inner join {{ source('facts', 'person') }} as people
        on milestones.edition = people.edition and milestones.person_id = people.person_id
    where milestones.edition = {{ edition_date() }}
        and milestones.date <= milestones.edition
        and people.population in ('asylum', 'displaced')
    group by kind
),

facts_of_cohorts as (
    select milestones.kind as kind, count() as people
    from {{ source('facts', 'milestone') }} as milestones
    inner join {{ source('facts', 'person') }} as people
        on milestones.edition = people.edition and milestones.person_id = people.person_id
    where milestones.edition = {{ edition_date() }} and milestones.date <= milestones.edition and people.cohort is not null
    group by kind
),

marts as (
    select kind, sum(people_reached) as people
    from {{ ref('milestone_by_cohort') }}
    where edition = {{ edition_date() }}
    group by kind
    having people > 0
)

select facts.kind as kind, facts.people as people_in_facts, marts.people as people
from facts
full join marts on facts.kind = marts.kind
where not (facts.people <=> marts.people)

union all

-- A wait begins for everybody of a cohort who reached its first milestone; that for work, of people aged 18-64 only.
select facts.kind as kind, facts.people as people_in_facts, waits.people as people
from facts_of_cohorts as facts
left join (
    select from_kind, to_kind, sum(mart.people) as people
    from {{ ref('waiting_time') }} as mart
    where edition = {{ edition_date() }}
    group by from_kind, to_kind
) as waits on facts.kind = waits.from_kind
where facts.kind in ('application', 'permit') and not (facts.people <=> waits.people)
