with delivered as (select record, sum(records) as records_in_all from ops_source_linkage group by record)
select c.supplier, c.record, c.rule, c.persons, c.records, coalesce(d.records_in_all, 0) as records_in_all,
    share(c.records, coalesce(d.records_in_all, 0)) as records_share
from ops_contradiction c left join delivered d using (record)
