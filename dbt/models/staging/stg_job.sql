select
    edition,
    person_id,
    start as started_on,
    `end` as ended_on,
    sector_code,
    sowis_like as is_sowis_like
from {{ source('facts', 'job') }}
