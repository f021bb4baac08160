-- +goose Up
CREATE TABLE IF NOT EXISTS ops.build_input
(
    build UInt64,
    edition Date,
    load_id UInt64 COMMENT 'The load whose rows were looked at.',
    supplier String,
    delivery_id String,
    manifest_sha256 String,
    reading_version String COMMENT 'Version of the rules that its files were read by.',
    drawn_on Date32,
    covers_to Nullable(Date32),
    mode LowCardinality(String) COMMENT 'full or mutation.',
    municipality_codes Array(String),
    records Array(String) COMMENT 'Records that its manifest names.',
    synthetic Bool COMMENT 'The manifest calls its persons made up.'
)
ENGINE = ReplacingMergeTree
ORDER BY (build, load_id)
COMMENT 'What builds were made of, as it was known then; written before a build stands. One row per build and load, read with FINAL. Read ops.edition_input instead.';

CREATE OR REPLACE VIEW ops.edition_input
(
    edition Date,
    build UInt64,
    load_id UInt64,
    supplier String,
    delivery_id String,
    manifest_sha256 String,
    reading_version String,
    drawn_on Date32,
    covers_to Nullable(Date32),
    mode LowCardinality(String),
    municipality_codes Array(String),
    records Array(String),
    synthetic Bool
)
AS SELECT
    standing.edition AS edition,
    i.build AS build,
    i.load_id AS load_id,
    i.supplier AS supplier,
    i.delivery_id AS delivery_id,
    i.manifest_sha256 AS manifest_sha256,
    i.reading_version AS reading_version,
    i.drawn_on AS drawn_on,
    i.covers_to AS covers_to,
    i.mode AS mode,
    i.municipality_codes AS municipality_codes,
    i.records AS records,
    i.synthetic AS synthetic
FROM
(
    SELECT build, load_id, supplier, delivery_id, manifest_sha256, reading_version, drawn_on, covers_to, mode, municipality_codes, records, synthetic
    FROM ops.build_input FINAL
) AS i
INNER JOIN ops.standing_build AS standing USING (build)
COMMENT 'Deliveries that the editions that stand were made of. One row per edition and load; none of editions that were built before this was written down.';

-- +goose Down
DROP VIEW IF EXISTS ops.edition_input;
DROP TABLE IF EXISTS ops.build_input;
