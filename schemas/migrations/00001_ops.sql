-- +goose Up
CREATE DATABASE IF NOT EXISTS ops;

CREATE TABLE IF NOT EXISTS ops.delivery
(
    supplier String COMMENT 'Folder of the supplier: coa, municipality, uwv, duo, idw.',
    delivery_id String COMMENT 'Folder of the delivery.',
    manifest_sha256 String COMMENT 'SHA-256 of manifest.json; another manifest under the same id is another attempt.',
    drawn_on Nullable(Date32) COMMENT 'Day on which the supplier drew the extract; NULL when the manifest does not tell.',
    mode Nullable(String) COMMENT 'full or mutation; NULL when the manifest does not tell.',
    status LowCardinality(String) COMMENT 'accepted or refused.',
    reason String COMMENT 'Why it was refused, by the names of the contract; empty when accepted.',
    rows_in_files UInt64 COMMENT 'Records in its files, as far as counted.',
    rows_accepted UInt64 COMMENT '0 when refused.',
    rows_quarantined UInt64 COMMENT 'Records put aside, as far as counted.',
    decided_at DateTime64(6, 'UTC') COMMENT 'When it was decided or released.'
)
ENGINE = ReplacingMergeTree(decided_at)
ORDER BY (supplier, delivery_id, manifest_sha256)
COMMENT 'Decided deliveries. One row per supplier, delivery id and manifest, read with FINAL.';

CREATE TABLE IF NOT EXISTS ops.load
(
    load_id UInt64 COMMENT 'The attempt, as the rows of raw carry it.',
    supplier String,
    delivery_id String,
    manifest_sha256 String,
    drawn_on Nullable(Date32),
    covers_from Nullable(Date32),
    covers_to Nullable(Date32) COMMENT 'Last day that the delivery covers; of wages, the work horizon.',
    mode Nullable(String),
    municipality_codes Array(String) COMMENT 'Those of the manifest, sorted; empty for other suppliers.',
    reading_version String COMMENT 'Version of the rules that its files were read by.',
    detail String COMMENT 'Where the first fault of a refused delivery is: file and row, never a value.',
    written_at DateTime64(6, 'UTC') COMMENT 'Grows with every row of a manifest, whatever the clock does.'
)
ENGINE = ReplacingMergeTree(written_at)
ORDER BY (supplier, delivery_id, manifest_sha256)
COMMENT 'What the manifests say. One row per manifest, that of the load that was decided, read with FINAL; ops.delivery says which are accepted.';

CREATE TABLE IF NOT EXISTS ops.delivery_record
(
    load_id UInt64,
    supplier String,
    delivery_id String,
    manifest_sha256 String,
    drawn_on Nullable(Date32),
    covers_from Nullable(Date32),
    covers_to Nullable(Date32),
    mode Nullable(String),
    municipality_codes Array(String),
    record LowCardinality(String),
    rows_in_files UInt64,
    rows_accepted UInt64 COMMENT 'Rows that hold if the delivery is accepted; kept of a refused one, so that it can be released.',
    rows_quarantined UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (load_id, record)
COMMENT 'What a load holds of each record that its manifest names. One row per load and record, read with FINAL.';

CREATE TABLE IF NOT EXISTS ops.delivery_file
(
    load_id UInt64,
    file_no UInt32 COMMENT 'Rank by the bytes of its name, from 0, as the rows of raw carry it.',
    record LowCardinality(String),
    name String,
    sha256 String,
    bytes UInt64,
    rows_in_file UInt64,
    rows_accepted UInt64,
    rows_quarantined UInt64,
    row_sum UInt64 COMMENT 'Wrapping sum of the row numbers of the accepted rows.',
    row_squares UInt64 COMMENT 'Wrapping sum of their squares.',
    unknown_columns UInt32 COMMENT 'Columns or keys that the contract does not know.'
)
ENGINE = ReplacingMergeTree
ORDER BY (load_id, file_no)
COMMENT 'Files of the loads. One row per load and file, read with FINAL.';

CREATE TABLE IF NOT EXISTS ops.quarantine_entry
(
    load_id UInt64,
    record LowCardinality(String),
    file String,
    row UInt64,
    field LowCardinality(String),
    rule LowCardinality(String)
)
ENGINE = ReplacingMergeTree
ORDER BY (load_id, record, file, row, field, rule)
COMMENT 'Broken fields of all loads, undecided ones too. Read ops.quarantine instead.';

CREATE OR REPLACE VIEW ops.quarantine
(
    supplier String,
    delivery_id String,
    record String,
    file String,
    row UInt64,
    field String,
    rule String
)
AS SELECT
    standing.supplier AS supplier,
    standing.delivery_id AS delivery_id,
    entry.record AS record,
    entry.file AS file,
    entry.row AS row,
    entry.field AS field,
    entry.rule AS rule
FROM
(
    SELECT load_id, record, file, row, field, rule
    FROM ops.quarantine_entry FINAL
) AS entry
INNER JOIN
(
    -- Of the manifests under one id: the accepted one, else the one decided last.
    SELECT
        d.supplier AS supplier,
        d.delivery_id AS delivery_id,
        argMax(l.load_id, (d.status = 'accepted', d.decided_at, d.manifest_sha256)) AS load_id
    FROM ops.delivery AS d FINAL
    INNER JOIN ops.load AS l FINAL USING (supplier, delivery_id, manifest_sha256)
    GROUP BY supplier, delivery_id
) AS standing USING (load_id);

CREATE TABLE IF NOT EXISTS ops.unreadable_message
(
    topic LowCardinality(String),
    partition UInt32,
    offset UInt64,
    problem String COMMENT 'What is wrong with it, never its content.',
    seen_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree(seen_at)
ORDER BY (topic, partition, offset)
COMMENT 'Messages that could not be read and were passed over. The delivery that they belong to cannot be accepted.';

CREATE TABLE IF NOT EXISTS ops.operator_action
(
    at DateTime64(3, 'UTC'),
    who String,
    action LowCardinality(String),
    subject String,
    why String
)
ENGINE = ReplacingMergeTree
ORDER BY (at, who, action, subject)
COMMENT 'What people did by hand, such as releasing a held delivery.';

CREATE TABLE IF NOT EXISTS ops.run
(
    run_id UUID,
    command String COMMENT 'What was asked: the plan, never a person.',
    as_of Nullable(Date32),
    started_at DateTime64(3, 'UTC'),
    ended_at Nullable(DateTime64(3, 'UTC')),
    status LowCardinality(String) COMMENT 'running, done, failed.',
    version String COMMENT 'Of the program.',
    written_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(written_at)
ORDER BY (started_at, run_id)
COMMENT 'Ledger of runs. One row per run, read with FINAL.';

CREATE TABLE IF NOT EXISTS ops.step
(
    run_id UUID,
    step LowCardinality(String),
    started_at DateTime64(3, 'UTC'),
    ended_at Nullable(DateTime64(3, 'UTC')),
    status LowCardinality(String) COMMENT 'running, done, failed, skipped.',
    rows UInt64 COMMENT 'Rows that the step handled.',
    problem String COMMENT 'Why it failed; empty otherwise.',
    written_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(written_at)
ORDER BY (run_id, step)
COMMENT 'Ledger of steps. One row per run and step, read with FINAL.';

-- +goose Down
DROP DATABASE IF EXISTS ops;
