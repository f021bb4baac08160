with requested as (select person_id, date as requested_on from reached where kind = 'work_permit_requested'),
granted as (select person_id, date as granted_on from reached where kind = 'work_permit_granted')
select population, year(requested_on) as requested_year, count(*) as people, count(granted_on) as people_granted,
    share(count(granted_on), count(*)) as people_granted_share,
    count(*) filter (granted_on < requested_on + interval 3 month) as people_granted_3_months,
    share(count(*) filter (granted_on < requested_on + interval 3 month), count(*)) as people_granted_3_months_share
from requested join people using (person_id) left join granted using (person_id)
group by all
