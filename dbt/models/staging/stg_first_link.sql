select
    edition,
    cast(person_id, 'String') as person_id,
    cast(supplier, 'String') as supplier,
    cast(record, 'String') as record,
    first_linked_on,
    delivered_since
from {{ source('ops', 'first_link') }}
