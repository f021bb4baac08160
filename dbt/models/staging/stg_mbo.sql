select
    edition,
    person_id,
    record_id,
    kind,
    level as mbo_level,
    start as started_on,
    result,
    region
from {{ source('facts', 'mbo') }}
