select
    edition,
    cast(supplier, 'String') as supplier,
    cast(record, 'String') as record,
    cast(rule, 'String') as rule,
    cast(persons, 'UInt64') as persons,
    cast(records, 'UInt64') as records
from {{ source('ops', 'contradiction') }}
