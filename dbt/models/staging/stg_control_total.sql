select
    edition,
    cast(step, 'String') as step,
    cast(place, 'String') as place,
    cast(measure, 'String') as measure,
    total_from,
    cast(mapSort(removed), 'Map(String, Int128)') as removed,
    total_to,
    allowance
from {{ source('ops', 'edition_total') }}
