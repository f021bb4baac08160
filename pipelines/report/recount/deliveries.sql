-- marts.deliveries
select 't:supplier.' || supplier as "col.supplier", count(*) filter (outcome = 'accepted') as "col.accepted", count(*) filter (outcome = 'refused') as "col.refused",
    count(*) filter (outcome = 'held') as "col.held", day_text(max(drawn_on) filter (outcome = 'accepted')) as "col.last_drawn",
    coalesce(sum(rows_in_files) filter (outcome = 'accepted'), 0)::bigint as "col.in_files", sum(rows_accepted)::bigint as "col.rows",
    coalesce(sum(rows_quarantined) filter (outcome = 'accepted'), 0)::bigint as "col.quarantined"
from deliveries group by supplier order by supplier
