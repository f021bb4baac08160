select
    ---------- ids
    edition,
    person_id,
    month,

    ---------- time
    toLastDayOfMonth(month) as reference_day,
    k,
    age,

    ---------- statuses on the reference day
    stage,
    in_azc,
    region,
    working as is_working,
    bijstand as in_bijstand,
    hours_week,
    contract,
    sector_code,
    sustained_6,
    sustained_12,
    sustained_18,
    startbaan as in_startbaan,
    leerroute
from {{ source('facts', 'month_status') }}
