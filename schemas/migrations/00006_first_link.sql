-- +goose Up
CREATE TABLE IF NOT EXISTS facts_store.first_link
(
    build UInt64 COMMENT 'Build that made the row.',
    edition Date,
    person_id FixedString(27),
    record LowCardinality(String),
    first_linked_on Date32,
    delivered_since Date32
)
ENGINE = ReplacingMergeTree
PARTITION BY (edition, build)
ORDER BY (edition, build, person_id, record)
COMMENT 'Rows of all builds, read with FINAL; read ops.first_link instead.';

CREATE OR REPLACE VIEW ops.first_link
(
    edition Date COMMENT 'Cut-off day of the edition.',
    person_id FixedString(27) COMMENT 'As in facts.person.',
    supplier String,
    record LowCardinality(String),
    first_linked_on Date32 COMMENT 'drawn_on of the first accepted delivery of the record that linked a V and a B of the person; of a person who is not linked, a V or a B of the person to any other.',
    delivered_since Date32 COMMENT 'drawn_on of the first accepted delivery of the record (of municipal records: of that municipality). Equal to first_linked_on, the link may be older than the deliveries.'
)
AS SELECT
    edition,
    person_id,
    splitByChar('_', toString(record))[1] AS supplier,
    record,
    first_linked_on,
    delivered_since
FROM facts_store.first_link FINAL
WHERE (edition, build) IN (SELECT edition, build FROM ops.standing_build)
COMMENT 'Data of persons: when the deliveries first linked V and B. One row per edition, person and record that ever linked.';

-- +goose Down
DROP VIEW IF EXISTS ops.first_link;
DROP TABLE IF EXISTS facts_store.first_link;
