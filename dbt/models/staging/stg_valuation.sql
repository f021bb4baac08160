select
    edition,
    person_id,
    record_id,
    requested_on,
    decided_on,
    kind,
    nlqf
from {{ source('facts', 'valuation') }}
