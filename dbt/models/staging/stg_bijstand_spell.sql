select
    edition,
    person_id,
    spell,
    start as started_on,
    `end` as ended_on,
    exit_to_work,
    loose_6,
    loose_12,
    loose_18,
    strict_6,
    strict_12,
    strict_18
from {{ source('facts', 'bijstand_spell') }}
