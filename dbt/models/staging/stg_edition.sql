select
    edition,
    cast(definition_version, 'String') as definition_version,
    cast(horizon, 'Nullable(Date)') as work_horizon,
    cast(grid_end, 'Nullable(Date)') as grid_end,
    cast(persons, 'UInt64') as persons,
    cast(synthetic, 'Bool') as synthetic
from {{ source('ops', 'edition') }} final
