with covered as (
    select distinct pm.person_id, pm.month from person_months pm join facts_bijstand_spell s using (person_id)
    where s.start <= pm.d and (s."end" is null or s."end" >= pm.d) and s.start <= pm.d - interval 48 month
)
select pm.month, cohort, count(*) as people, count(*) filter (bijstand) as bijstand,
    share(count(*) filter (bijstand), count(*)) as bijstand_share,
    count(*) filter (bijstand and c.person_id is not null) as bijstand_4_years,
    share(count(*) filter (bijstand and c.person_id is not null), count(*) filter (bijstand)) as bijstand_4_years_share
from person_months pm left join covered c on c.person_id = pm.person_id and c.month = pm.month
where population = 'asylum' and k >= 0 and adult and present
group by pm.month, cohort
