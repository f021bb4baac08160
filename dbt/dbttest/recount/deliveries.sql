select supplier, delivery_id, manifest_sha256, drawn_on, mode,
    case when status = 'refused' and reason in ('implausible_shrink', 'implausible_empty') then 'held' else status end as outcome,
    reason, rows_in_files, rows_accepted, rows_quarantined
from ops_delivery where drawn_on is null or drawn_on <= getvariable('edition')
