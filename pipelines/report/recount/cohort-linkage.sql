-- marts.person_linkage
select case when cohort is null then 't:group.' || population else 't:group.cohort|' || cohort end as "col.group", count(*) as "col.people",
    count(*) filter (linkage = 'linked') as "col.linked", share(count(*) filter (linkage = 'linked'), count(*)) as "col.linked_share"
from people group by population, cohort order by population, cohort nulls last
