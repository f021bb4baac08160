select
    edition,
    person_id,
    employer,
    job,
    start as started_on,
    contract_start,
    same_12,
    same_24,
    any_12,
    any_24
from {{ source('facts', 'contract_conversion') }}
