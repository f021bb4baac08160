-- +goose Up
CREATE TABLE IF NOT EXISTS ops.slice_contradiction
(
    build UInt64,
    slice UInt32,
    rule LowCardinality(String) COMMENT 'How valid records contradict each other or themselves.',
    record LowCardinality(String) COMMENT 'The records that are counted.',
    persons UInt64,
    records UInt64
)
ENGINE = ReplacingMergeTree
ORDER BY (build, slice, rule)
COMMENT 'Contradictions among the records of a slice, every rule, 0 too; read with FINAL. Read ops.contradiction instead.';

CREATE OR REPLACE VIEW ops.contradiction
(
    edition Date,
    supplier String,
    record LowCardinality(String),
    rule LowCardinality(String),
    persons UInt64,
    records UInt64
)
AS SELECT
    standing.edition AS edition,
    splitByChar('_', toString(c.record))[1] AS supplier,
    c.record AS record,
    c.rule AS rule,
    sum(c.persons) AS persons,
    sum(c.records) AS records
FROM
(
    SELECT build, record, rule, persons, records
    FROM ops.slice_contradiction FINAL
) AS c
INNER JOIN ops.standing_build AS standing USING (build)
GROUP BY edition, record, rule;

-- +goose Down
DROP VIEW IF EXISTS ops.contradiction;
DROP TABLE IF EXISTS ops.slice_contradiction;
