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
