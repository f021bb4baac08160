-- marts.bijstand_by_month
select month_text(month) as "col.month", sum(people)::bigint as "col.people", sum(bijstand)::bigint as "col.bijstand", share(sum(bijstand), sum(people)) as "col.share",
    sum(bijstand_4_years)::bigint as "col.years4", share(sum(bijstand_4_years), sum(bijstand)) as "col.years4_share"
from bijstand_by_month where month(month) = 12 or month = (select max(month) from bijstand_by_month)
group by month order by month
