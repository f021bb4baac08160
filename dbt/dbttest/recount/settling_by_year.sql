select cohort, year(date) as settled_year, count(*) as people, count(*) filter (date >= permit_start + interval 3 month) as waited_3_months,
    share(count(*) filter (date >= permit_start + interval 3 month), count(*)) as waited_3_months_share
from reached join people using (person_id)
where kind = 'settled' and cohort is not null
group by all
