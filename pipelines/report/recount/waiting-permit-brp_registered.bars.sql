select cohort::varchar as name, days_p25::double as p25, days_median::double as median, days_p75::double as p75
from waiting_time where from_kind = 'permit' and to_kind = 'brp_registered' and days_p75 is not null order by cohort
