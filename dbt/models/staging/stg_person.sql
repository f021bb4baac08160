select
    ---------- ids
    edition,
    person_id,

    ---------- groups
    linkage,
    population,
    cohort,
    route,
    sex,
    birth_year,
    nationality_group,
    good_prospects,
    law,
    region,
    valued_kind,
    valued_nlqf,

    ---------- dates
    permit_start as permit_on,
    protection_start as protection_on,
    arrived_on,
    exit_on
from {{ source('facts', 'person') }}
