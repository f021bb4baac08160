select
    edition,
    toLastDayOfMonth(max(month)) as grid_end,
    count() as person_months
from {{ ref('stg_month_status') }}
group by edition
