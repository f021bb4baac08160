-- marts.deliveries
select 't:supplier.' || supplier as "col.supplier", delivery_id as "col.delivery", 't:outcome.' || outcome as "col.outcome", 't:reason.' || reason as "col.reason"
from deliveries where outcome <> 'accepted' order by supplier, delivery_id
