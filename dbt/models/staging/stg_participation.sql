select
    edition,
    person_id,
    record_id,
    kind,
    start as started_on,
    `end` as ended_on
from {{ source('facts', 'participation') }}
