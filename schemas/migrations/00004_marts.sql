-- +goose Up
CREATE TABLE IF NOT EXISTS ops.mart_build
(
    edition Date,
    build UInt64 COMMENT 'Build of the facts that the marts were made of.',
    project String COMMENT 'SHA-256 of the dbt project that made and tested them.',
    built_at DateTime64(6, 'UTC') DEFAULT now64(6)
)
ENGINE = ReplacingMergeTree(built_at)
ORDER BY edition
COMMENT 'What the marts of each edition were last made of. One row per edition, read with FINAL.';

-- +goose Down
DROP TABLE IF EXISTS ops.mart_build;
