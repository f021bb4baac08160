select
    edition,
    person_id,
    kind,
    date as reached_on
from {{ source('facts', 'milestone') }}
