-- marts.link_history
select cohort::varchar as "col.cohort", followed as "col.followed", followed_linked as "col.linked", within_90_share as "col.within_90"
from link_history where supplier = 'all' and followed > 0 order by cohort
