-- marts.quarantine_by_rule
select 't:supplier.' || supplier as "col.supplier", 't:record.' || record as "col.record", 'c:' || record || '|' || field as "col.field", 't:rule.' || rule as "col.rule", entries as "col.entries"
from quarantine_by_rule order by supplier, record, field, rule
