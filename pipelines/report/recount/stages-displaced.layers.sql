select 'stage.' || s.stage as name, month, coalesce(sum(persons), 0)::double as y
from (select unnest(['sustained', 'work', 'work_and_bijstand', 'bijstand', 'settled_other', 'azc_with_permit', 'azc_in_procedure', 'left', 'unknown']) as stage) s
cross join (select distinct month from stage_by_month where population = 'displaced')
left join (from stage_by_month where population = 'displaced') m using (stage, month)
group by all order by month
