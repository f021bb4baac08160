select
    edition,
    conflict_id,
    pseudonym,
    suppliers
from {{ source('facts', 'link_conflict') }}
