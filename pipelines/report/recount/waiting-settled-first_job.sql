-- marts.waiting_time
select cohort::varchar as "col.cohort", people as "col.started", people_before as "col.before", people_waited as "col.waited",
    people_left as "col.left", people_waiting as "col.waiting", days_p25 as "col.p25", days_median as "col.median",
    at_risk_median as "col.at_risk_median", days_p75 as "col.p75", waits_3_months_share as "col.waits3", at_risk_3_months as "col.at_risk3"
from waiting_time where from_kind = 'settled' and to_kind = 'first_job' order by cohort
