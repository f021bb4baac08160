-- marts.linkage
select 't:supplier.' || supplier as "col.supplier", 't:record.' || record as "col.record", sum(records)::bigint as "col.records", sum(persons)::bigint as "col.persons",
    share(sum(linked_persons), sum(persons)) as "col.linked_share", sum(v_only_persons)::bigint as "col.v_only", sum(b_only_persons)::bigint as "col.b_only",
    sum(conflict_persons)::bigint as "col.conflict"
from linkage group by supplier, record order by supplier, record
