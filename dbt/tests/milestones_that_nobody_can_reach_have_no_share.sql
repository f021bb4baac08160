-- A step that only the Wi2021 knows has no share in a cohort without anybody under that law, and one that can be asked of people has.
select mart.cohort as cohort, kind, people_eligible, people_eligible_reached_share
from {{ ref('milestone_by_cohort') }} as mart
left join (
    select cohort, countIf(law = 'Wi2021' and toYear(coalesce(permit_on, protection_on)) - birth_year between 18 and 64) as adults_wi2021
    from {{ ref('stg_person') }}
    where edition = {{ edition_date() }} and population = 'asylum'
    group by cohort
) as facts on mart.cohort = facts.cohort
where mart.edition = {{ edition_date() }}
    and mart.population = 'asylum'
    and kind in ('intake_started', 'intake_done', 'pip_signed', 'map_done')
    and (people_eligible != adults_wi2021 or isNull(people_eligible_reached_share) != (adults_wi2021 = 0))
