-- marts.data_quality
select 't:check.' || check_kind as "col.check", case when check_name like '% before %'
        then 't:check.order|t:kind.' || split_part(check_name, ' before ', 2) || '|t:kind.' || split_part(check_name, ' before ', 1) when check_kind = 'missing' then 't:gap.' || check_name else 't:kind.' || check_name end as "col.check_name",
    people as "col.people", affected as "col.affected", affected_share as "col.share"
from data_quality where affected > 0 order by check_kind, check_name
