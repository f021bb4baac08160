select
    edition,
    person_id,
    record_id,
    requested_on,
    decided_on,
    decision,
    sector_code,
    in_azc,
    region
from {{ source('facts', 'work_permit') }}
