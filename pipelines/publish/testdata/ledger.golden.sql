SELECT
    visible.release AS release,
    visible.edition AS edition,
    visible.released_at AS released_at,
    ledger.catalogue_version AS catalogue_version,
    ledger.definition_version AS definition_version,
    visible.synthetic AS synthetic,
    ledger.threshold AS threshold,
    ledger.base AS base,
    ledger.range AS range,
    ledger.published AS published,
    ledger.suppressed AS suppressed,
    ledger.audit AS audit,
    ledger.who AS who,
    ledger.why AS why,
    ledger.program AS program,
    ledger.edition_inputs AS edition_inputs,
    ledger.catalogue_sha256 AS catalogue_sha256,
    ledger.inputs AS inputs,
    ledger.tables AS tables,
    visible.attempt AS attempt
FROM publication_store.release AS visible
INNER JOIN ops.release AS ledger ON visible.release = ledger.release AND visible.attempt = ledger.attempt
ORDER BY released_at, release
