select supplier, record, field, rule, count(distinct delivery_id) as deliveries, count(*) as entries
from ops_quarantine q
where exists (
    from ops_delivery d
    where d.supplier = q.supplier and d.delivery_id = q.delivery_id and (d.drawn_on is null or d.drawn_on <= getvariable('edition'))
)
group by all
