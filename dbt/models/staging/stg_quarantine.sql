select
    cast(supplier, 'String') as supplier,
    cast(delivery_id, 'String') as delivery_id,
    cast(record, 'String') as record,
    cast(field, 'String') as field,
    cast(rule, 'String') as rule
from {{ source('ops', 'quarantine') }}
