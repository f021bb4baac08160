{{ config(order_by=['supplier', 'delivery_id', 'manifest_sha256']) }}

-- A refused delivery whose manifest tells no date stands in every edition: it cannot be ruled out that it belongs there.
select
    {{ edition_date() }} as edition,
    supplier,
    delivery_id,
    manifest_sha256,
    drawn_on,
    mode,
    multiIf(status = 'refused' and reason in ('implausible_shrink', 'implausible_empty'), 'held', status) as outcome,
    reason,
    rows_in_files,
    rows_accepted,
    rows_quarantined
from {{ ref('stg_delivery') }}
where drawn_on is null or drawn_on <= {{ edition_date() }}
